package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/// The scheduler's loop on the real store and registry: who goes first, who makes room for whom,
/// and what wakes those who wait.
class PreemptionLoopTest {
    private final World world = new World(1, 0);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aPodOfHigherPriorityGetsTheRoomOfALowerOne() {
        world.addNode("n1", 1000);
        priority("high", 1000, null);
        create("low", "", 800, p -> p);
        world.calm();
        var high = create("high", "high", 800, p -> p);
        while (PodState.condition(pod("low"), "DisruptionTarget").isEmpty()) {
            assertThat(world.step()).isTrue();
        }
        assertThat(PodState.condition(pod("low"), "DisruptionTarget").orElseThrow())
                .satisfies(
                        c -> {
                            assertThat(c.getStatus()).isEqualTo("True");
                            assertThat(c.getReason()).isEqualTo("PreemptionByScheduler");
                            assertThat(c.getMessage())
                                    .isEqualTo(
                                            "default-scheduler: preempting to accommodate a higher"
                                                    + " priority pod");
                        });
        while (pod("high").getStatus().getNominatedNodeName() == null) {
            assertThat(world.step()).isTrue();
        }
        assertThat(pod("high").getStatus().getNominatedNodeName()).isEqualTo("n1");
        assertThat(Owners.leaving(pod("low"))).isTrue();
        var thief = create("thief", "", 500, p -> p);
        world.calm();
        assertThat(PodState.node(pod("high"))).isEqualTo("n1");
        assertThat(PodState.node(thief)).isNull();
        assertThat(events("Preempted"))
                .containsExactly(
                        "Preempted by pod %s on node n1".formatted(high.getMetadata().getUid()));
        assertThat(world.all(Pod.class)).noneMatch(p -> p.getMetadata().getName().equals("low"));
    }

    @Test
    void roomThatIsKeptOutlivesTheMaster() {
        world.addNode("n1", 1000);
        priority("high", 1000, null);
        create("low", "", 800, p -> p);
        world.calm();
        create("high", "high", 800, p -> p);
        while (pod("high").getStatus().getNominatedNodeName() == null) {
            assertThat(world.step()).isTrue();
        }
        world.restart();
        create("thief", "", 500, p -> p);
        world.truth.delete(pod("low"), Deletion.NOW);
        world.calm();
        assertThat(PodState.node(pod("high"))).isEqualTo("n1");
        assertThat(PodState.node(pod("thief"))).isNull();
    }

    @Test
    void whoseRoomIsTakenByAHigherOneIsNominatedNoMore() {
        world.addNode("n1", 1000);
        priority("high", 1000, null);
        priority("higher", 2000, null);
        create("low", "", 800, p -> p);
        create("rest", "", 100, p -> p);
        world.calm();
        create("high", "high", 850, p -> p);
        while (pod("high").getStatus().getNominatedNodeName() == null) {
            assertThat(world.step()).isTrue();
        }
        create("higher", "higher", 950, p -> p);
        while (pod("higher").getStatus().getNominatedNodeName() == null) {
            assertThat(world.step()).isTrue();
        }
        assertThat(pod("high").getStatus().getNominatedNodeName()).isNull();
        world.calm();
        assertThat(PodState.node(pod("higher"))).isEqualTo("n1");
        assertThat(PodState.node(pod("high"))).isNull();
    }

    @Test
    void whoMustNotPreemptWaits() {
        world.addNode("n1", 1000);
        priority("polite", 1000, "Never");
        create("low", "", 800, p -> p);
        world.calm();
        create("polite", "polite", 800, p -> p);
        world.calm();
        assertThat(PodState.node(pod("low"))).isEqualTo("n1");
        assertThat(PodState.condition(pod("polite"), "PodScheduled").orElseThrow().getMessage())
                .isEqualTo(
                        "0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due"
                                + " to preemptionPolicy=Never.");
    }

    @Test
    void equalsDoNotPreemptEachOther() {
        world.addNode("n1", 1000);
        create("first", "", 800, p -> p);
        world.calm();
        create("second", "", 800, p -> p);
        world.calm();
        assertThat(events("FailedScheduling"))
                .containsExactly(
                        "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are"
                                + " available: 1 No preemption victims found for incoming pod.");
    }

    @Test
    void theMostImportantGoesFirst() {
        priority("high", 1000, null);
        for (var name : List.of("a", "b", "c")) {
            create(name, "", 800, p -> p);
        }
        create("z", "high", 800, p -> p);
        world.addNode("n1", 1000);
        world.calm();
        assertThat(PodState.node(pod("z"))).isEqualTo("n1");
        assertThat(world.all(Pod.class)).filteredOn(p -> PodState.node(p) != null).hasSize(1);
    }

    @Test
    void theOldestOfEqualsGoesFirst() {
        create("b", "", 800, p -> p);
        world.pass(Duration.ofSeconds(2));
        create("a", "", 800, p -> p);
        world.addNode("n1", 1000);
        world.calm();
        assertThat(PodState.node(pod("b"))).isEqualTo("n1");
        assertThat(PodState.node(pod("a"))).isNull();
    }

    @Test
    void aGatedPodWaitsForItsGates() {
        world.addNode("n1", 1000);
        create(
                "gated",
                "",
                100,
                p -> p.editSpec().addNewSchedulingGate("example.com/wait").endSpec());
        world.calm();
        assertThat(PodState.node(pod("gated"))).isNull();
        assertThat(PodState.condition(pod("gated"), "PodScheduled").orElseThrow())
                .satisfies(
                        c -> {
                            assertThat(c.getStatus()).isEqualTo("False");
                            assertThat(c.getReason()).isEqualTo("SchedulingGated");
                            assertThat(c.getMessage())
                                    .isEqualTo(
                                            "Scheduling is blocked due to non-empty scheduling"
                                                    + " gates");
                        });
        assertThat(world.truth.bind(pod("gated"), "n1"))
                .isInstanceOfSatisfying(
                        Written.Conflict.class,
                        c ->
                                assertThat(c.message())
                                        .endsWith("pod gated has non-empty .spec.schedulingGates"));
        assertThat(events("FailedScheduling")).isEmpty();
        world.edit(
                pod("gated"),
                p -> new PodBuilder(p).editSpec().withSchedulingGates().endSpec().build());
        world.calm();
        assertThat(PodState.node(pod("gated"))).isEqualTo("n1");
    }

    @Test
    void aClaimThatWaitsLearnsTheNode() {
        world.addNode("n1", 1000);
        var type =
                new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("later")
                        .endMetadata()
                        .withProvisioner("example.com/disk")
                        .withVolumeBindingMode("WaitForFirstConsumer")
                        .build();
        assertThat(world.truth.create(type).done()).isTrue();
        create(
                "user",
                "",
                100,
                p ->
                        p.editSpec()
                                .addNewVolume()
                                .withName("v")
                                .withNewPersistentVolumeClaim("c", false)
                                .endVolume()
                                .endSpec());
        world.calm();
        assertThat(PodState.condition(pod("user"), "PodScheduled").orElseThrow().getMessage())
                .isEqualTo(
                        "0/1 nodes are available: persistentvolumeclaim \"c\" not found."
                                + " preemption: 0/1 nodes are available: 1 Preemption is not"
                                + " helpful for scheduling.");
        var claim =
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("c")
                        .endMetadata()
                        .withNewSpec()
                        .withStorageClassName("later")
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build();
        assertThat(world.truth.create(claim).done()).isTrue();
        world.calm();
        assertThat(PodState.node(pod("user"))).as("nobody has made the volume yet").isNull();
        assertThat(events("FailedScheduling")).hasSize(1);
        assertThat(Owners.notes(world.all(PersistentVolumeClaim.class).getFirst()))
                .containsEntry("volume.kubernetes.io/selected-node", "n1");
        var made =
                new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName("disk")
                        .endMetadata()
                        .withNewSpec()
                        .withStorageClassName("later")
                        .withAccessModes("ReadWriteOnce")
                        .addToCapacity("storage", new Quantity("1Gi"))
                        .withNewClaimRef()
                        .withNamespace("default")
                        .withName("c")
                        .endClaimRef()
                        .withNewHostPath("/disk", "")
                        .endSpec()
                        .build();
        assertThat(world.truth.create(made).done()).isTrue();
        world.calm();
        assertThat(PodState.node(pod("user"))).isEqualTo("n1");
    }

    private Pod create(
            String name, String priorityClass, int cpuMillis, UnaryOperator<PodBuilder> more) {
        var pod =
                more.apply(
                                new PodBuilder()
                                        .withNewMetadata()
                                        .withNamespace("default")
                                        .withName(name)
                                        .endMetadata()
                                        .withNewSpec()
                                        .withPriorityClassName(
                                                priorityClass.isEmpty() ? null : priorityClass)
                                        .addNewContainer()
                                        .withName("main")
                                        .withImage("web:1")
                                        .withNewResources()
                                        .addToRequests("cpu", new Quantity(cpuMillis + "m"))
                                        .endResources()
                                        .endContainer()
                                        .endSpec())
                        .build();
        assertThat(world.truth.create(pod).done()).isTrue();
        return pod(name);
    }

    private void priority(String name, int value, @Nullable String policy) {
        var type =
                new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withValue(value)
                        .withPreemptionPolicy(policy)
                        .build();
        assertThat(world.truth.create(type).done()).isTrue();
    }

    private Pod pod(String name) {
        return world.truth.get(Pod.class, new ObjectKey("default", name)).orElseThrow();
    }

    private List<String> events(String reason) {
        return world.all(Event.class).stream()
                .filter(e -> e.getReason().equals(reason))
                .map(Event::getMessage)
                .toList();
    }
}
