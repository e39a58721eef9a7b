package dev.flotilla.node;

import dev.flotilla.model.ObjectKey;

import java.util.Map;

/// The labels by which a container is known again after a restart of the master. A runtime shows
/// every container that carries [#UID].
///
/// The first four are Kubernetes' own names for the same things.
public final class PodLabels {
    public static final String NAME = "io.kubernetes.pod.name";
    public static final String NAMESPACE = "io.kubernetes.pod.namespace";
    public static final String UID = "io.kubernetes.pod.uid";

    /// The container's name in the pod's spec, [#SANDBOX] for the one that only holds the network.
    public static final String CONTAINER = "io.kubernetes.container.name";

    /// What of the container's spec may change in a living pod, hashed.
    public static final String HASH = "flotilla.dev/spec-hash";

    /// The pod's address; an engine forgets that of a stopped container.
    public static final String ADDRESS = "flotilla.dev/pod-ip";

    /// The pod's count of this container's restarts when it was made.
    public static final String RESTARTS = "flotilla.dev/restarts";

    /// The uid of the cluster's `kube-system` namespace: containers of another master on the same
    /// engine are left alone.
    public static final String CLUSTER = "flotilla.dev/cluster";

    public static final String SANDBOX = "POD";

    /// Where a container's name is asked for and the pod's volumes are meant.
    public static final String VOLUMES = "VOLUMES";

    public static ObjectKey pod(ContainerState state) {
        return new ObjectKey(of(state, NAMESPACE), of(state, NAME));
    }

    public static String uid(ContainerState state) {
        return of(state, UID);
    }

    public static String container(ContainerState state) {
        return of(state, CONTAINER);
    }

    public static boolean isSandbox(ContainerState state) {
        return container(state).equals(SANDBOX);
    }

    public static String of(ContainerState state, String label) {
        return of(state.labels(), label);
    }

    public static String of(Map<String, String> labels, String label) {
        return labels.getOrDefault(label, "");
    }

    private PodLabels() {}
}
