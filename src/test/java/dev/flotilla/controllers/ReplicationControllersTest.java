package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerBuilder;
import io.fabric8.kubernetes.api.model.ReplicationControllerCondition;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// A ReplicationController keeps its pods as a ReplicaSet does.
class ReplicationControllersTest {
    private final World world = new World(5, 0);

    @BeforeEach
    void controller() {
        People.NODES.forEach(n -> world.addNode(n, 8000));
        var controller =
                new ReplicationControllerBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("old")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(3)
                        .withTemplate(Given.template("web:1"))
                        .endSpec()
                        .build();
        assertThat(world.truth.create(controller).done()).isTrue();
        world.calm();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void keepsItsPodsAndCountsThem() {
        assertThat(pods())
                .hasSize(3)
                .allMatch(PodState::ready)
                .allMatch(p -> Owners.controller(p, "ReplicationController").isPresent())
                .allMatch(
                        p ->
                                p.getMetadata()
                                        .getOwnerReferences()
                                        .getFirst()
                                        .getApiVersion()
                                        .equals("v1"));
        var status = old().getStatus();
        assertThat(
                        List.of(
                                status.getReplicas(),
                                status.getFullyLabeledReplicas(),
                                status.getReadyReplicas(),
                                status.getAvailableReplicas()))
                .containsOnly(3);
        world.truth.delete(pods().getFirst(), Deletion.GRACEFUL);
        world.calm();
        assertThat(pods()).hasSize(3);
        resize(1);
        assertThat(pods()).hasSize(1);
        assertThat(world.all(Event.class))
                .filteredOn(e -> e.getReason().equals("SuccessfulDelete"))
                .hasSize(2)
                .allMatch(e -> e.getReportingComponent().equals("replication-controller"));
    }

    @Test
    void letsGoAndTakesIn() {
        var pod = pods().getFirst();
        world.edit(
                pod,
                p ->
                        new PodBuilder(p)
                                .editMetadata()
                                .addToLabels("app", "other")
                                .endMetadata()
                                .build());
        world.calm();
        assertThat(pods()).hasSize(4).filteredOn(p -> Owners.controller(p).isEmpty()).hasSize(1);
        resize(4);
        world.edit(
                world.truth.get(Pod.class, ObjectKey.of(pod)).orElseThrow(),
                p ->
                        new PodBuilder(p)
                                .editMetadata()
                                .addToLabels("app", "web")
                                .endMetadata()
                                .build());
        world.calm();
        assertThat(pods()).hasSize(4).allMatch(p -> Owners.controller(p).isPresent());
    }

    @Test
    void saysWhatKeepsItFromMakingPods() {
        var quota =
                new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("few")
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity("4"))
                        .endSpec()
                        .build();
        assertThat(world.truth.create(quota).done()).isTrue();
        size(100);
        world.live(Duration.ofMinutes(5));
        assertThat(pods()).hasSize(4);
        assertThat(old().getStatus().getConditions())
                .singleElement()
                .extracting(
                        ReplicationControllerCondition::getType,
                        ReplicationControllerCondition::getStatus,
                        ReplicationControllerCondition::getReason)
                .containsExactly("ReplicaFailure", "True", "FailedCreate");
        assertThat(world.all(Event.class))
                .filteredOn(e -> e.getReason().equals("FailedCreate"))
                .hasSizeBetween(8, 20)
                .allMatch(e -> e.getMessage().startsWith("Error creating: pods \"old-"))
                .allMatch(e -> e.getMessage().contains("exceeded quota: few"));
        world.truth
                .get(ResourceQuota.class, new ObjectKey("default", "few"))
                .ifPresent(q -> world.truth.delete(q, Deletion.NOW));
        resize(5);
        assertThat(pods()).hasSize(5);
        assertThat(old().getStatus().getConditions()).isEmpty();
    }

    /// Ten minutes of pods that their node turns away are a handful, and not one a step.
    @Test
    void podsThatFailAtOnceAreNotMadeWithoutEnd() {
        world.edit(
                old(),
                c ->
                        new ReplicationControllerBuilder(c)
                                .editSpec()
                                .withTemplate(Given.template("web:rejected"))
                                .endSpec()
                                .build());
        pods().forEach(p -> world.truth.delete(p, Deletion.NOW));
        world.live(Duration.ofMinutes(10));
        assertThat(world.all(Pod.class)).hasSizeBetween(3 * 6, 3 * 11);
    }

    private void resize(int replicas) {
        size(replicas);
        world.calm();
    }

    private void size(int replicas) {
        world.edit(
                old(),
                c ->
                        new ReplicationControllerBuilder(c)
                                .editSpec()
                                .withReplicas(replicas)
                                .endSpec()
                                .build());
    }

    private List<Pod> pods() {
        return world.all(Pod.class).stream().filter(PodState::active).toList();
    }

    private ReplicationController old() {
        return world.truth
                .get(ReplicationController.class, new ObjectKey("default", "old"))
                .orElseThrow();
    }
}
