package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Deletion.Owned;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Whatever happens to the pods of Jobs and to the master: a Job never counts more ends than there
/// were, and in the end it is finished and nothing is left of it.
class JobsSimulationTest {
    private static final List<String> JOBS = List.of("plain", "indexed");

    @TestFactory
    Stream<DynamicTest> countsEachEndOnce() {
        return Worlds.of(JobsSimulationTest.class, 0, 4, JobsSimulationTest::live);
    }

    private static void live(long seed) {
        try (var world = new World(seed, 0.1)) {
            var well = new HashSet<String>();
            People.NODES.forEach(n -> world.addNode(n, 8000));
            JOBS.forEach(name -> create(world, name));
            for (int i = 0; i < 250; i++) {
                something(world, well);
                neverMoreThan(world, well);
            }
            People.NODES.forEach(n -> world.addNode(n, 8000));
            for (int i = 0; i < 60 && !allFinished(world); i++) {
                world.calm();
                well.addAll(world.kubelet.endOne(true));
                world.pass(Duration.ofMinutes(1));
            }
            world.calm();
            neverMoreThan(world, well);
            assertThat(allFinished(world)).as("all jobs are finished").isTrue();
            assertThat(world.all(Pod.class)).noneMatch(PodState::active);
            world.all(Job.class)
                    .forEach(j -> world.truth.delete(j, new Deletion(false, null, owned(world))));
            world.calm();
            assertThat(world.all(Job.class)).isEmpty();
            assertThat(world.all(Pod.class))
                    .allMatch(p -> p.getMetadata().getFinalizers().isEmpty());
        }
    }

    private static Owned owned(World world) {
        return world.pick(List.of(Owned.values()));
    }

    private static void create(World world, String name) {
        int completions = 1 + world.random.nextInt(5);
        var job =
                new JobBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withParallelism(1 + world.random.nextInt(3))
                        .withCompletions(completions)
                        .withBackoffLimit(world.random.nextInt(6))
                        .withCompletionMode(name.equals("indexed") ? "Indexed" : "NonIndexed")
                        .withNewTemplate()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .addNewContainer()
                        .withName("main")
                        .withImage("work:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build();
        assertThat(world.truth.create(job)).isInstanceOf(Written.Done.class);
    }

    private static void something(World world, Set<String> well) {
        switch (world.random.nextInt(30)) {
            case 0 -> suspend(world, world.random.nextBoolean());
            case 1, 2 -> well.addAll(world.kubelet.endOne(true));
            case 3 -> world.kubelet.endOne(false);
            case 4 -> deletePod(world);
            case 5 -> world.restart();
            case 6 -> {
                if (world.random.nextInt(4) == 0) {
                    world.removeNode(world.pick(People.NODES));
                }
            }
            case 7 -> world.addNode(world.pick(People.NODES), 8000);
            case 8, 9 -> world.pass(Duration.ofSeconds(world.random.nextInt(40)));
            case 10, 11, 12, 13, 14, 15 -> world.kubelet.step();
            default -> world.step();
        }
    }

    private static void deletePod(World world) {
        var pods = world.all(Pod.class);
        if (!pods.isEmpty()) {
            world.truth.delete(world.pick(pods), Deletion.GRACEFUL);
        }
    }

    private static void suspend(World world, boolean suspended) {
        var job = world.pick(world.all(Job.class));
        world.edit(job, j -> new JobBuilder(j).editSpec().withSuspend(suspended).endSpec().build());
    }

    private static void neverMoreThan(World world, Set<String> well) {
        int all = 0;
        for (var job : world.all(Job.class)) {
            int counted =
                    job.getStatus() == null
                            ? 0
                            : Objects.requireNonNullElse(job.getStatus().getSucceeded(), 0);
            all += counted;
            if (has(job, "Complete")) {
                assertThat(counted).isGreaterThanOrEqualTo(job.getSpec().getCompletions());
            }
        }
        assertThat(all).as("successes").isLessThanOrEqualTo(well.size());
    }

    private static boolean allFinished(World world) {
        var jobs = world.all(Job.class);
        jobs.stream()
                .filter(j -> Boolean.TRUE.equals(j.getSpec().getSuspend()))
                .forEach(
                        j ->
                                world.edit(
                                        j,
                                        job ->
                                                new JobBuilder(job)
                                                        .editSpec()
                                                        .withSuspend(false)
                                                        .endSpec()
                                                        .build()));
        return jobs.stream().allMatch(JobsSimulationTest::finished)
                && world.all(Pod.class).stream().noneMatch(Owners::leaving);
    }

    private static boolean finished(Job job) {
        return has(job, "Complete") || has(job, "Failed");
    }

    private static boolean has(Job job, String type) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals(type) && c.getStatus().equals("True"));
    }
}
