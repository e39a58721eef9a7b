package dev.flotilla.node;

/// What a node is made of.
///
/// @param runtimeVersion as Kubernetes writes it, `docker://20.10.24`
/// @param bootId changes with every boot; empty if unknown
public record NodeInfo(
        String hostName,
        String address,
        String osImage,
        String kernelVersion,
        String architecture,
        String runtimeVersion,
        int cpus,
        long memoryBytes,
        String bootId) {}
