package dev.flotilla.node.pressure;

import dev.flotilla.node.Supply;
import dev.flotilla.node.Supply.Stock;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A figure of a node that may fall too low, with the name Kubernetes gives it, and the resource
/// that is then short. The first that is too low is relieved first.
enum Signal {
    MEMORY_AVAILABLE("memory.available", Pressure.MEMORY, "memory"),
    NODEFS_AVAILABLE("nodefs.available", Pressure.DISK, "ephemeral-storage"),
    NODEFS_INODES_FREE("nodefs.inodesFree", Pressure.DISK, "inodes"),
    IMAGEFS_AVAILABLE("imagefs.available", Pressure.DISK, "ephemeral-storage"),
    IMAGEFS_INODES_FREE("imagefs.inodesFree", Pressure.DISK, "inodes"),
    PID_AVAILABLE("pid.available", Pressure.PID, "pids");

    private final String kubernetes;
    private final Pressure pressure;
    private final String resource;

    Signal(String kubernetes, Pressure pressure, String resource) {
        this.kubernetes = kubernetes;
        this.pressure = pressure;
        this.resource = resource;
    }

    /// By Kubernetes' name.
    static Optional<Signal> named(String name) {
        return Stream.of(values()).filter(s -> s.kubernetes.equals(name)).findFirst();
    }

    static String names() {
        return Stream.of(values()).map(s -> s.kubernetes).collect(Collectors.joining(", "));
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
}
