package dev.flotilla.node.pressure;

import dev.flotilla.node.Supply;
import dev.flotilla.node.Supply.Stock;

/// A figure of a node that may fall too low, with the name Kubernetes gives it, the resource that
/// is then short, and the least there must be: Kubernetes' defaults. It has none for processes; 5 %
/// is ours. The first that is too low is relieved first.
enum Signal {
    MEMORY_AVAILABLE(Pressure.MEMORY, "memory", 100L << 20, 0),
    NODEFS_AVAILABLE(Pressure.DISK, "ephemeral-storage", 0, 0.10),
    NODEFS_INODES_FREE(Pressure.DISK, "inodes", 0, 0.05),
    IMAGEFS_AVAILABLE(Pressure.DISK, "ephemeral-storage", 0, 0.15),
    IMAGEFS_INODES_FREE(Pressure.DISK, "inodes", 0, 0.05),
    PID_AVAILABLE(Pressure.PID, "pids", 0, 0.05);

    private final Pressure pressure;
    private final String resource;
    private final long least;
    private final double leastShare;

    Signal(Pressure pressure, String resource, long least, double leastShare) {
        this.pressure = pressure;
        this.resource = resource;
        this.least = least;
        this.leastShare = leastShare;
    }

    Pressure pressure() {
        return pressure;
    }

    /// As messages call what is short.
    String resource() {
        return resource;
    }

    Stock in(Supply supply) {
        return switch (this) {
            case MEMORY_AVAILABLE -> supply.memory();
            case NODEFS_AVAILABLE -> supply.nodeDisk();
            case NODEFS_INODES_FREE -> supply.nodeInodes();
            case IMAGEFS_AVAILABLE -> supply.imageDisk();
            case IMAGEFS_INODES_FREE -> supply.imageInodes();
            case PID_AVAILABLE -> supply.pids();
        };
    }

    /// What must be left of that much.
    long threshold(long total) {
        return least > 0 ? least : (long) (total * leastShare);
    }

    boolean isLow(Supply supply) {
        var now = in(supply);
        return now.known() && now.free() < threshold(now.total());
    }
}
