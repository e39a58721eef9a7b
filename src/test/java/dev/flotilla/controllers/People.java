package dev.flotilla.controllers;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// What people do to a cluster, through the API, and what befalls its nodes.
final class People {
    static final List<String> NODES = List.of("n1", "n2", "n3");
    static final List<String> APPS = List.of("web", "api");
    private final World world;

    People(World world) {
        this.world = world;
    }

    void deploy(String name, int replicas) {
        deploy("default", name, replicas);
    }

    void deploy(String namespace, String name, int replicas) {
        var random = world.random;
        int minReadySeconds = random.nextInt(4) == 0 ? 5 : 0;
        int surge = random.nextInt(3);
        var draft = draft(namespace, name, replicas, surge, surge == 0 ? 1 : random.nextInt(3));
        var deployment =
                new DeploymentBuilder(draft)
                        .editSpec()
                        .withMinReadySeconds(minReadySeconds)
                        .endSpec()
                        .build();
        if (world.truth.create(deployment)
                instanceof Written.Refused<Deployment>(var reason, var message)) {
            throw new AssertionError(reason + ": " + message);
        }
    }

    static Deployment draft(
            String namespace, String name, int replicas, int surge, int unavailable) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(surge))
                .withMaxUnavailable(new IntOrString(unavailable))
                .endRollingUpdate()
                .endStrategy()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage(name + ":1")
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("100m")))
                .endResources()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /// Something between 0 and `most`.
    void scale(String name, int most) {
        resize(name, world.random.nextInt(most + 1));
    }

    void resize(String name, int replicas) {
        edit(name, d -> d.editSpec().withReplicas(replicas).endSpec());
    }

    /// One of a few images, so that it sometimes goes back to an old one.
    void update(String name) {
        image(name, name + ":" + (1 + world.random.nextInt(4)));
    }

    /// An image it never had.
    void roll(String name) {
        image(name, name + ":new");
    }

    void image(String name, String image) {
        edit(
                name,
                d ->
                        d.editSpec()
                                .editTemplate()
                                .editSpec()
                                .editFirstContainer()
                                .withImage(image)
                                .endContainer()
                                .endSpec()
                                .endTemplate()
                                .endSpec());
    }

    void pause(String name, boolean paused) {
        edit(name, d -> d.editSpec().withPaused(paused).endSpec());
    }

    /// Drags an app onto a node.
    void addOn(String name, String node) {
        var replicas = world.deployment(name).getSpec().getReplicas() + 1;
        edit(
                name,
                d ->
                        d.editMetadata()
                                .addToAnnotations(Marks.ADD_ON, node + "@" + replicas)
                                .endMetadata()
                                .editSpec()
                                .withReplicas(replicas)
                                .endSpec());
    }

    /// Drags a pod onto a node, sometimes one that is not there.
    void move() {
        var to = world.random.nextInt(6) == 0 ? "nowhere" : world.pick(NODES);
        somePod(
                p ->
                        world.edit(
                                p,
                                pod ->
                                        new PodBuilder(pod)
                                                .editMetadata()
                                                .addToAnnotations(Marks.MOVE_TO, to)
                                                .endMetadata()
                                                .build()));
    }

    void deletePod() {
        somePod(p -> world.truth.delete(p, Deletion.GRACEFUL));
    }

    void cordon(boolean closed) {
        world.truth
                .get(Node.class, ObjectKey.of(world.pick(NODES)))
                .ifPresent(
                        n ->
                                world.edit(
                                        n,
                                        node ->
                                                new NodeBuilder(node)
                                                        .editOrNewSpec()
                                                        .withUnschedulable(closed)
                                                        .endSpec()
                                                        .build()));
    }

    void loseNode() {
        world.removeNode(world.pick(NODES));
    }

    /// All nodes are there and open, nothing is paused.
    void repair() {
        NODES.forEach(n -> world.addNode(n, 8000));
        for (var node : world.all(Node.class)) {
            world.edit(
                    node,
                    n ->
                            new NodeBuilder(n)
                                    .editOrNewSpec()
                                    .withUnschedulable(false)
                                    .endSpec()
                                    .build());
        }
        APPS.forEach(name -> pause(name, false));
    }

    private void somePod(Consumer<Pod> what) {
        var pods = world.all(Pod.class).stream().filter(PodState::active).toList();
        if (!pods.isEmpty()) {
            what.accept(world.pick(pods));
        }
    }

    void edit(String name, UnaryOperator<DeploymentBuilder> change) {
        world.truth
                .get(Deployment.class, new ObjectKey("default", name))
                .ifPresent(
                        d ->
                                world.edit(
                                        d,
                                        deployment ->
                                                change.apply(new DeploymentBuilder(deployment))
                                                        .build()));
    }
}
