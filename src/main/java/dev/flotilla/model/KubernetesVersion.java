package dev.flotilla.model;

/// The version of Kubernetes that everything here speaks: the API server says it of itself, and
/// each node of its kubelet. No kubelet may be newer than its server.
public final class KubernetesVersion {
    public static final String MAJOR = "1";
    public static final String MINOR = "32";

    /// As Kubernetes writes it, with a mark of whose build it is.
    public static final String TEXT = "v" + MAJOR + "." + MINOR + ".0+flotilla";

    private KubernetesVersion() {}
}
