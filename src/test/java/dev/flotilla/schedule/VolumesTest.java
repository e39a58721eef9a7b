package dev.flotilla.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where the volumes of a pod let it run.
class VolumesTest {
    private static final String POD =
            """
            metadata: {name: p, namespace: default}
            spec: {containers: [{name: a}], volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]}
            """;

    private static final String CLUSTER =
            """
            kind: Node
            metadata: {name: n, labels: {disk: ssd, topology.kubernetes.io/zone: z1}}
            ---
            kind: StorageClass
            metadata: {name: now}
            provisioner: example.com/disk
            ---
            kind: StorageClass
            metadata: {name: later}
            provisioner: example.com/disk
            volumeBindingMode: WaitForFirstConsumer
            allowedTopologies: [{matchLabelExpressions: [{key: topology.kubernetes.io/zone, values: [z1, z2]}]}]
            ---
            kind: StorageClass
            metadata: {name: far}
            provisioner: example.com/disk
            volumeBindingMode: WaitForFirstConsumer
            allowedTopologies: [{matchLabelExpressions: [{key: topology.kubernetes.io/zone, values: [z2]}]}]
            ---
            kind: StorageClass
            metadata: {name: local}
            provisioner: kubernetes.io/no-provisioner
            volumeBindingMode: WaitForFirstConsumer
            ---
            kind: PersistentVolume
            metadata: {name: here}
            spec:
              storageClassName: local
              accessModes: [ReadWriteOnce]
              capacity: {storage: 10Gi}
              nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: In, values: [ssd]}]}]}}
            ---
            kind: PersistentVolume
            metadata: {name: there}
            spec:
              accessModes: [ReadWriteOnce]
              capacity: {storage: 10Gi}
              nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: In, values: [hdd]}]}]}}
            ---
            kind: PersistentVolume
            metadata: {name: zoned, labels: {topology.kubernetes.io/zone: z2__z3}}
            spec: {accessModes: [ReadWriteOnce], capacity: {storage: 10Gi}}
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    spec: {storageClassName: now, accessModes: [ReadWriteOnce]} | pod has unbound immediate PersistentVolumeClaims
                    spec: {accessModes: [ReadWriteOnce]} | pod has unbound immediate PersistentVolumeClaims
                    spec: {storageClassName: later, accessModes: [ReadWriteOnce]} | -
                    spec: {storageClassName: far, accessModes: [ReadWriteOnce]} | node(s) didn't find available persistent volumes to bind
                    spec: {storageClassName: local, accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}} | -
                    spec: {storageClassName: local, accessModes: [ReadWriteOnce], resources: {requests: {storage: 50Gi}}} | node(s) didn't find available persistent volumes to bind
                    spec: {storageClassName: local, accessModes: [ReadWriteMany], resources: {requests: {storage: 5Gi}}} | node(s) didn't find available persistent volumes to bind
                    spec: {volumeName: here, accessModes: [ReadWriteOnce]}, status: {phase: Bound} | -
                    spec: {volumeName: there, accessModes: [ReadWriteOnce]}, status: {phase: Bound} | node(s) had volume node affinity conflict
                    spec: {volumeName: zoned, accessModes: [ReadWriteOnce]}, status: {phase: Bound} | node(s) had no available volume zone
                    spec: {volumeName: none, accessModes: [ReadWriteOnce]}, status: {phase: Bound} | node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)
                    spec: {volumeName: none, accessModes: [ReadWriteOnce]}, status: {phase: Lost} | persistentvolumeclaim "c" bound to non-existent persistentvolume "none"
                    """)
    void claims(String claim, String answer) {
        var view = Yaml.view(CLUSTER);
        Yaml.add(
                view,
                Yaml.object(
                        "kind: PersistentVolumeClaim\n"
                                + "metadata: {name: c, namespace: default}\n"
                                + claim.replace("}, status", "}\nstatus")));
        assertThat(FilterTest.first(view, Yaml.pod(POD))).isEqualTo(answer);
    }

    @Test
    void aReasonThatHoldsEverywhereIsToldOnce() {
        var view = Yaml.view(CLUSTER);
        view.put(Yaml.node("m", "a: b", ""));
        assertThat(((Placement.Nowhere) view.place(Yaml.pod(POD))).message())
                .isEqualTo("0/2 nodes are available: persistentvolumeclaim \"c\" not found.");
    }

    @Test
    void aClaimForOnePodHasOnePod() {
        var view = Yaml.view(CLUSTER);
        Yaml.add(
                view,
                Yaml.object(
                        """
                        kind: PersistentVolumeClaim
                        metadata: {name: c, namespace: default}
                        spec: {volumeName: here, accessModes: [ReadWriteOncePod]}
                        status: {phase: Bound}
                        """));
        var first = Yaml.pod(POD);
        assertThat(FilterTest.first(view, first)).isEqualTo("-");
        view.put(first, "n", false);
        var second = Yaml.pod(POD.replace("name: p,", "name: q,"));
        assertThat(FilterTest.first(view, second))
                .isEqualTo(
                        "node has pod using PersistentVolumeClaim with the same name and"
                                + " ReadWriteOncePod access mode");
        view.remove(first.key());
        assertThat(FilterTest.first(view, second)).isEqualTo("-");
    }

    @Test
    void anEphemeralClaimIsWaitedFor() {
        var view = Yaml.view(CLUSTER);
        var pod =
                Yaml.pod(
                        """
                        metadata: {name: p, namespace: default}
                        spec: {containers: [{name: a}], volumes: [{name: v, ephemeral: {}}]}
                        """);
        assertThat(FilterTest.first(view, pod))
                .isEqualTo(
                        "waiting for ephemeral volume controller to create the"
                                + " persistentvolumeclaim \"p-v\"");
    }
}
