package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;

import org.junit.jupiter.api.Test;

/// Claims that pods bring for themselves.
class OwnClaimsTest extends VolumeScene {
    private static final String POD =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: default}
            spec:
              containers:
              - {name: main, image: "web:1", volumeMounts: [{name: scratch, mountPath: /s}]}
              volumes:
              - name: scratch
                ephemeral:
                  volumeClaimTemplate:
                    metadata: {labels: {kind: scratch}}
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """;

    @Test
    void areMadeForThePodAndGoWithIt() {
        create(POD);
        world.calm();
        var claim = claim("p-scratch");
        var owner = claim.getMetadata().getOwnerReferences().getFirst();
        assertThat(owner.getName()).isEqualTo("p");
        assertThat(owner.getController()).isTrue();
        assertThat(owner.getBlockOwnerDeletion()).isTrue();
        assertThat(claim.getMetadata().getLabels()).containsEntry("kind", "scratch");
        assertThat(claim.getStatus().getPhase()).isEqualTo("Bound");
        assertThat(node("p")).isNotEmpty();

        world.truth.delete(pod("p"), Deletion.NOW);
        world.calm();
        assertThat(world.all(PersistentVolumeClaim.class)).isEmpty();
    }

    @Test
    void areNeverSomebodyElses() {
        claim("p-scratch", "", "1Gi");
        create(POD);
        world.calm();
        assertThat(events("FailedBinding"))
                .containsExactly(
                        "ephemeral volume scratch: PVC default/p-scratch was not created for pod"
                                + " default/p (pod is not owner)");
    }
}
