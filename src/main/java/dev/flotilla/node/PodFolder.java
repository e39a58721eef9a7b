package dev.flotilla.node;

/// Where a pod's volumes lie on its node. Clusters that share a node keep apart.
///
/// @param cluster see [PodLabels#CLUSTER]
public record PodFolder(String cluster, String podUid) {
    private static final String DISK = "/var/lib/flotilla/";

    /// Nothing below it is ever written to a disk.
    private static final String MEMORY = "/run/flotilla/";

    /// The folders of all pods of a cluster.
    public static String diskOf(String cluster) {
        return DISK + cluster + "/pods";
    }

    /// The same in memory.
    public static String memoryOf(String cluster) {
        return MEMORY + cluster + "/pods";
    }

    /// Where a cluster notes which PersistentVolumes of a node are its own.
    public static String volumesOf(String cluster) {
        return DISK + cluster + "/volumes";
    }

    public String disk() {
        return diskOf(cluster) + "/" + podUid;
    }

    public String memory() {
        return memoryOf(cluster) + "/" + podUid;
    }

    /// Where a container of the pod leaves what is to be told of its end.
    public String note(String container) {
        return disk() + "/..end-" + container;
    }

    /// Where one volume of the pod lies.
    public String of(String volume, PodFiles.Medium medium) {
        return (medium == PodFiles.Medium.MEMORY ? memory() : disk()) + "/" + volume;
    }
}
