package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What people and fate do, and what they wish.
///
/// @param most pods of the app, when people want many
/// @param crowded whether more is wanted than there is room for
record Fleet(World world, int nodes, int most, boolean crowded) {

    void launch() {
        made(deployment());
        if (random().nextInt(2) == 0) {
            made(budget());
        }
        switch (random().nextInt(5)) {
            case 0 -> made(stateful());
            case 1 -> made(daemon());
            case 2 -> made(second());
            case 3 -> made(job());
            default -> {}
        }
        if (crowded) {
            made(priority("urgent", 1000));
            made(priority("filler", -100));
            made(bulky("filler", 2 * nodes + 1));
            made(bulky("urgent", random().nextInt(nodes + 1)));
        }
    }

    void something(Watchers watchers) {
        switch (random().nextInt(21)) {
            case 0 -> scale();
            case 1, 2 -> update();
            case 3 -> world.kubelet.crashOne();
            case 4 -> world.kubelet.failOne();
            case 5 -> {
                var pods = world.all(Pod.class);
                if (!pods.isEmpty()) {
                    world.truth.delete(world.pick(pods), Deletion.GRACEFUL);
                }
            }
            case 6 -> {
                if (random().nextInt(3) == 0) {
                    world.removeNode("n" + random().nextInt(nodes));
                }
            }
            case 7 -> world.addNode("n" + random().nextInt(nodes), 4000);
            case 8 -> world.restart();
            case 9, 10 -> world.pass(Duration.ofMillis(random().nextInt(20_000)));
            case 11 -> cordon("n" + random().nextInt(nodes), random().nextBoolean());
            case 12, 13, 14 -> world.kubelet.step();
            case 15 -> world.kubelet.endOne(random().nextInt(4) > 0);
            default -> {
                for (int i = 0; i < 4; i++) {
                    watchers.look();
                    world.step();
                    watchers.judge();
                }
            }
        }
    }

    private void scale() {
        int replicas = random().nextInt(most + 1);
        if (crowded && random().nextBoolean()) {
            new People(world).resize("urgent", random().nextInt(nodes + 1));
            return;
        }
        if (random().nextInt(4) == 0) {
            world.all(StatefulSet.class)
                    .forEach(
                            s ->
                                    world.edit(
                                            s,
                                            set ->
                                                    new StatefulSetBuilder(set)
                                                            .editSpec()
                                                            .withReplicas(Math.min(replicas, 5))
                                                            .endSpec()
                                                            .build()));
        } else {
            new People(world).resize("web", replicas);
        }
    }

    private void update() {
        var image = "web:" + random().nextInt(3);
        if (random().nextInt(3) > 0) {
            new People(world).image("web", image);
            return;
        }
        world.all(StatefulSet.class)
                .forEach(
                        s ->
                                world.edit(
                                        s,
                                        set ->
                                                new StatefulSetBuilder(set)
                                                        .editSpec()
                                                        .withTemplate(
                                                                SetsSimulationTest.template(
                                                                        "db", image))
                                                        .endSpec()
                                                        .build()));
        world.all(DaemonSet.class)
                .forEach(
                        s ->
                                world.edit(
                                        s,
                                        set ->
                                                new DaemonSetBuilder(set)
                                                        .editSpec()
                                                        .withTemplate(
                                                                SetsSimulationTest.template(
                                                                        "agent", image))
                                                        .endSpec()
                                                        .build()));
    }

    private void cordon(String node, boolean closed) {
        world.all(Node.class).stream()
                .filter(n -> n.getMetadata().getName().equals(node))
                .forEach(
                        n ->
                                world.edit(
                                        n,
                                        old ->
                                                new NodeBuilder(old)
                                                        .editOrNewSpec()
                                                        .withUnschedulable(closed)
                                                        .endSpec()
                                                        .build()));
    }

    /// All nodes are there and open.
    void repair() {
        IntStream.range(0, nodes).forEach(i -> world.addNode("n" + i, 4000));
        world.all(Node.class).stream()
                .filter(n -> Boolean.TRUE.equals(n.getSpec().getUnschedulable()))
                .forEach(n -> cordon(n.getMetadata().getName(), false));
    }

    void asWished() {
        for (var deployment : world.all(Deployment.class)) {
            var name = deployment.getMetadata().getName();
            if (name.equals("filler")) {
                continue;
            }
            int wanted = deployment.getSpec().getReplicas();
            assertThat(world.pods(name))
                    .as("pods of " + name)
                    .hasSize(wanted)
                    .allMatch(PodState::ready)
                    .allMatch(p -> image(p).equals(image(deployment)));
            assertThat(count(deployment.getStatus().getAvailableReplicas())).isEqualTo(wanted);
            assertThat(count(deployment.getStatus().getUpdatedReplicas())).isEqualTo(wanted);
        }
        for (var set : world.all(StatefulSet.class)) {
            assertThat(world.pods("db"))
                    .allMatch(PodState::ready)
                    .extracting(p -> p.getMetadata().getName())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, set.getSpec().getReplicas())
                                    .mapToObj(i -> "db-" + i)
                                    .toList());
        }
        if (!world.all(DaemonSet.class).isEmpty()) {
            assertThat(world.pods("agent")).hasSize(nodes).allMatch(PodState::ready);
        }
        assertThat(world.all(Job.class)).allMatch(Fleet::finished);
        assertThat(world.all(Pod.class)).noneMatch(Owners::leaving);
        Ranks.judge(world);
    }

    /// Ends what runs of the Jobs, until they are finished.
    void endJobs() {
        for (int i = 0; i < 40 && !world.all(Job.class).stream().allMatch(Fleet::finished); i++) {
            world.kubelet.endOne(true);
            world.live(Duration.ofSeconds(20));
        }
    }

    private static boolean finished(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(
                                c ->
                                        List.of("Complete", "Failed").contains(c.getType())
                                                && c.getStatus().equals("True"));
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getImage();
    }

    private static String image(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
    }

    private Deployment deployment() {
        int replicas = 1 + random().nextInt(most);
        int surge = random().nextInt(3);
        var draft =
                People.draft(
                        "default", "web", replicas, surge, surge == 0 ? 1 : random().nextInt(3));
        if (random().nextInt(8) == 0) {
            return new DeploymentBuilder(draft)
                    .editSpec()
                    .withNewStrategy()
                    .withType("Recreate")
                    .endStrategy()
                    .endSpec()
                    .build();
        }
        return new DeploymentBuilder(draft)
                .editSpec()
                .withMinReadySeconds(random().nextInt(3) == 0 ? 3 : 0)
                .endSpec()
                .build();
    }

    private Deployment second() {
        return People.draft("default", "api", 1 + random().nextInt(3), 1, 0);
    }

    private HasMetadata budget() {
        return new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withNewSelector()
                .withMatchLabels(Map.of("app", "web"))
                .endSelector()
                .endSpec()
                .build();
    }

    private HasMetadata priority(String name, int value) {
        return new PriorityClassBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withValue(value)
                .build();
    }

    /// Two of its pods fill a node but for a little.
    private static Deployment bulky(String name, int replicas) {
        return new DeploymentBuilder(People.draft("default", name, replicas, 0, 1))
                .editSpec()
                .editTemplate()
                .editSpec()
                .withPriorityClassName(name)
                .editFirstContainer()
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("1500m")))
                .endResources()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private HasMetadata job() {
        return new JobBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("work")
                .endMetadata()
                .withNewSpec()
                .withParallelism(1 + random().nextInt(2))
                .withCompletions(1 + random().nextInt(4))
                .withTemplate(SetsSimulationTest.template("work", "work:1"))
                .editTemplate()
                .editSpec()
                .withRestartPolicy("Never")
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private HasMetadata stateful() {
        return SetsSimulationTest.stateful(random().nextBoolean());
    }

    private HasMetadata daemon() {
        return SetsSimulationTest.daemon(random().nextInt(2));
    }

    private SplittableRandom random() {
        return world.random;
    }

    private void made(HasMetadata object) {
        if (world.truth.create(object)
                instanceof Written.Refused<HasMetadata>(var reason, var message)) {
            throw new AssertionError(reason + ": " + message);
        }
    }

    /// None is not written.
    private static int count(@Nullable Integer written) {
        return Objects.requireNonNullElse(written, 0);
    }
}
