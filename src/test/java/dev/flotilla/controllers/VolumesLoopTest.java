package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.facts.ClaimView;
import dev.flotilla.schedule.facts.VolumeView;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Claims, volumes and the pods that mount them, on the real store, registry and loops.
class VolumesLoopTest extends VolumeScene {
    @Test
    void aClaimOfTheDefaultClassGetsAFolderOfItsFirstPodsNode() {
        claim("c", "", "1Gi");
        world.calm();
        assertThat(claim("c").getSpec().getStorageClassName()).isEqualTo("local");
        assertThat(claim("c").getStatus().getPhase()).isEqualTo("Pending");
        assertThat(events("WaitForFirstConsumer"))
                .containsExactly("waiting for first consumer to be created before binding");
        pod("p", "c");
        world.calm();
        var node = node("p");
        var volume = world.all(PersistentVolume.class).getFirst();
        var name = "pvc-" + claim("c").getMetadata().getUid();
        assertThat(volume.getMetadata().getName()).isEqualTo(name);
        assertThat(volume.getSpec().getLocal().getPath())
                .isEqualTo("/var/lib/flotilla/volumes/" + name);
        assertThat(VolumeView.of(volume).reachedFrom(node, Map.of("kubernetes.io/hostname", node)))
                .isTrue();
        assertThat(volume.getSpec().getCapacity()).hasToString("{storage=1Gi}");
        assertThat(volume.getSpec().getPersistentVolumeReclaimPolicy()).isEqualTo("Delete");
        assertThat(volume.getStatus().getPhase()).isEqualTo("Bound");
        assertThat(claim("c").getSpec().getVolumeName()).isEqualTo(name);
        assertThat(claim("c").getStatus().getPhase()).isEqualTo("Bound");
        assertThat(claim("c").getStatus().getCapacity()).hasToString("{storage=1Gi}");
        assertThat(Owners.notes(claim("c")))
                .containsEntry("volume.kubernetes.io/selected-node", node)
                .containsEntry("pv.kubernetes.io/bind-completed", "yes")
                .containsEntry("pv.kubernetes.io/bound-by-controller", "yes");
        assertThat(Owners.notes(volume))
                .containsEntry("pv.kubernetes.io/provisioned-by", "flotilla.dev/local");
        assertThat(events("ProvisioningSucceeded"))
                .containsExactly(
                        "Successfully provisioned volume %s using flotilla.dev/local"
                                .formatted(name));
        assertThat(events("FailedScheduling")).isEmpty();
    }

    @Test
    void aPodIsBoundOnlyAfterItsClaims() {
        claim("c", "", "1Gi");
        pod("p", "c");
        while (PodState.node(pod("p")) == null) {
            assertThat(world.step()).isTrue();
        }
        assertThat(ClaimView.of(claim("c")).bound()).isTrue();
    }

    @Test
    void whoComesBackStaysWithItsVolumeAndWhenTheClaimGoesTheVolumeGoes() {
        claim("c", "", "1Gi");
        pod("p", "c");
        world.calm();
        var node = node("p");
        world.truth.delete(pod("p"), Deletion.NOW);
        filler("filler-1", "n1".equals(node) ? "n2" : "n1", 100);
        pod("p", "c");
        world.calm();
        assertThat(PodState.node(pod("p"))).isEqualTo(node);
        world.truth.delete(claim("c"), Deletion.GRACEFUL);
        world.calm();
        assertThat(world.all(PersistentVolume.class)).as("a pod mounts it").hasSize(1);
        world.truth.delete(pod("p"), Deletion.NOW);
        world.calm();
        assertThat(world.all(PersistentVolumeClaim.class)).isEmpty();
        assertThat(world.all(PersistentVolume.class)).isEmpty();
    }

    @Test
    void aPodWaitsForRoomOnItsVolumesNode() {
        claim("c", "", "1Gi");
        pod("p", "c");
        world.calm();
        var node = node("p");
        world.truth.delete(pod("p"), Deletion.NOW);
        world.calm();
        filler("filler", node, 950);
        world.calm();
        pod("p", "c");
        world.calm();
        assertThat(PodState.condition(pod("p"), "PodScheduled").orElseThrow().getMessage())
                .startsWith(
                        "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had volume node"
                                + " affinity conflict.");
    }

    @Test
    void aNodeThatGoesBeforeTheVolumeIsMadeIsNotWaitedFor() {
        claim("c", "", "1Gi");
        world.edit(
                claim("c"),
                c ->
                        new PersistentVolumeClaimBuilder(c)
                                .editMetadata()
                                .addToAnnotations("volume.kubernetes.io/selected-node", "gone")
                                .endMetadata()
                                .build());
        pod("p", "c");
        world.calm();
        assertThat(PodState.node(pod("p"))).isNotNull();
        assertThat(events("ProvisioningFailed"))
                .containsExactly(
                        "failed to provision volume with StorageClass \"local\": node \"gone\" not"
                                + " found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Immediate", "WaitForFirstConsumer"})
    void theSmallestVolumeThatSuitsIsTaken(String mode) {
        type("hand", "kubernetes.io/no-provisioner", mode);
        volume("small", "hand", "1Gi", "n1");
        volume("large", "hand", "9Gi", "n1");
        volume("right", "hand", "3Gi", "n1");
        volume("other", "another", "2Gi", "n1");
        claim("c", "hand", "2Gi");
        world.calm();
        if (!mode.equals("Immediate")) {
            assertThat(claim("c").getStatus().getPhase()).isEqualTo("Pending");
            assertThat(phases()).containsOnly("Available");
        }
        pod("p", "c");
        world.calm();
        assertThat(claim("c").getSpec().getVolumeName()).isEqualTo("right");
        assertThat(claim("c").getStatus().getCapacity()).hasToString("{storage=3Gi}");
        assertThat(volume("right").getStatus().getPhase()).isEqualTo("Bound");
        assertThat(Owners.notes(volume("right")))
                .containsEntry("pv.kubernetes.io/bound-by-controller", "yes");
        assertThat(volume("small").getStatus().getPhase()).isEqualTo("Available");
        assertThat(PodState.node(pod("p"))).isEqualTo("n1");
    }

    @Test
    void twoClaimsOfOnePodGetTwoVolumesOfOneNode() {
        type("hand", "kubernetes.io/no-provisioner", "WaitForFirstConsumer");
        volume("a1", "hand", "1Gi", "n1");
        volume("b1", "hand", "1Gi", "n2");
        volume("b2", "hand", "5Gi", "n2");
        claim("c", "hand", "1Gi");
        claim("d", "hand", "1Gi");
        pod("p", "c", "d");
        world.calm();
        assertThat(PodState.node(pod("p"))).isEqualTo("n2");
        assertThat(List.of(claim("c"), claim("d")))
                .extracting(c -> c.getSpec().getVolumeName())
                .containsExactlyInAnyOrder("b1", "b2");
        assertThat(volume("a1").getStatus().getPhase()).isEqualTo("Available");
    }

    @Test
    void aVolumeThatPeopleMadeStaysWhenItsClaimGoesAndIsGivenToNobody() {
        type("hand", "kubernetes.io/no-provisioner", "Immediate");
        volume("kept", "hand", "1Gi", "n1");
        claim("c", "hand", "1Gi");
        world.calm();
        assertThat(claim("c").getStatus().getPhase()).isEqualTo("Bound");
        world.truth.delete(claim("c"), Deletion.GRACEFUL);
        world.calm();
        assertThat(volume("kept").getStatus().getPhase()).isEqualTo("Released");
        claim("c", "hand", "1Gi");
        world.calm();
        assertThat(claim("c").getStatus().getPhase()).isEqualTo("Pending");
        assertThat(events("ProvisioningFailed"))
                .containsExactly("no volume plugin matched name: kubernetes.io/no-provisioner");
        world.edit(
                volume("kept"),
                v ->
                        new PersistentVolumeBuilder(v)
                                .editSpec()
                                .withClaimRef(null)
                                .endSpec()
                                .build());
        world.calm();
        assertThat(claim("c").getSpec().getVolumeName()).isEqualTo("kept");
    }

    @Test
    void aClaimThatLosesItsVolumeIsLost() {
        type("hand", "kubernetes.io/no-provisioner", "Immediate");
        volume("v", "hand", "1Gi", "n1");
        claim("c", "hand", "1Gi");
        world.calm();
        world.edit(
                volume("v"),
                v ->
                        new PersistentVolumeBuilder(v)
                                .editMetadata()
                                .withFinalizers()
                                .endMetadata()
                                .build());
        world.truth.delete(volume("v"), Deletion.NOW);
        world.calm();
        assertThat(claim("c").getStatus().getPhase()).isEqualTo("Lost");
        assertThat(events("ClaimLost"))
                .containsExactly(
                        "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
    }

    @Test
    void aClassThatWaitsForNobodyTakesTheReadyNodeWithTheFewestVolumes() {
        type("now", "flotilla.dev/local", "Immediate");
        claim("a", "now", "1Gi");
        claim("b", "now", "1Gi");
        world.calm();
        assertThat(world.all(PersistentVolume.class))
                .extracting(
                        v ->
                                v.getSpec()
                                        .getNodeAffinity()
                                        .getRequired()
                                        .getNodeSelectorTerms()
                                        .getFirst()
                                        .getMatchExpressions()
                                        .getFirst()
                                        .getValues()
                                        .getFirst())
                .containsExactlyInAnyOrder("n1", "n2");
        pod("p", "a", "b");
        world.calm();
        assertThat(PodState.node(pod("p"))).isNull();
    }

    @Test
    void saysWhyThereIsNoVolume() {
        world.truth.delete(
                world.truth.get(StorageClass.class, ObjectKey.of("local")).orElseThrow(),
                Deletion.NOW);
        claim("none", "", "1Gi");
        claim("unknown", "nobody", "1Gi");
        type("csi", "example.com/disk", "Immediate");
        claim("elsewhere", "csi", "1Gi");
        world.calm();
        assertThat(events("FailedBinding"))
                .containsExactly(
                        "no persistent volumes available for this claim and no storage class is"
                                + " set");
        assertThat(events("ProvisioningFailed"))
                .containsExactly("storageclass.storage.k8s.io \"nobody\" not found");
        assertThat(events("ExternalProvisioning").getFirst())
                .startsWith(
                        "Waiting for a volume to be created either by the external provisioner"
                                + " 'example.com/disk' or manually");
        assertThat(Owners.notes(claim("elsewhere")))
                .containsEntry("volume.kubernetes.io/storage-provisioner", "example.com/disk");
        type("later", "flotilla.dev/local", "WaitForFirstConsumer");
        var later = world.truth.get(StorageClass.class, ObjectKey.of("later")).orElseThrow();
        world.edit(
                later,
                t ->
                        new StorageClassBuilder(t)
                                .editMetadata()
                                .addToAnnotations(
                                        "storageclass.kubernetes.io/is-default-class", "true")
                                .endMetadata()
                                .build());
        world.calm();
        assertThat(claim("none").getSpec().getStorageClassName()).isEqualTo("later");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void settlesAfterFaults(long seed) {
        try (var faulty = new World(seed, 0.3)) {
            faulty.addNode("n1", 1000);
            faulty.addNode("n2", 1000);
            for (int i = 0; i < 4; i++) {
                assertThat(faulty.truth.create(object(claimText("c" + i, "", "1Gi"))).done())
                        .isTrue();
                assertThat(faulty.truth.create(object(podText("p" + i, "c" + i))).done()).isTrue();
            }
            for (int i = 0; i < 60; i++) {
                faulty.step();
            }
            faulty.calm();
            assertThat(faulty.all(PersistentVolume.class)).hasSize(4);
            for (var pod : faulty.all(Pod.class)) {
                var name = pod.getMetadata().getName().replace('p', 'c');
                var claim =
                        faulty.truth
                                .get(PersistentVolumeClaim.class, new ObjectKey("default", name))
                                .orElseThrow();
                assertThat(claim.getStatus().getPhase()).isEqualTo("Bound");
                assertThat(PodState.node(pod))
                        .isEqualTo(Owners.notes(claim).get("volume.kubernetes.io/selected-node"));
            }
            faulty.pass(Duration.ofMinutes(1));
            faulty.calm();
        }
    }
}
