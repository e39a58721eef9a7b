package dev.flotilla.node;

import java.util.Set;

/// What a node is made of.
///
/// @param runtimeVersion as Kubernetes writes it, `docker://20.10.24`
/// @param bootId changes with every boot; empty if unknown
/// @param runtimes the engine's names of its OCI runtimes; empty if it does not say
/// @param appArmor whether its kernel confines by AppArmor
public record NodeInfo(
        String hostName,
        String address,
        String osImage,
        String kernelVersion,
        String architecture,
        String runtimeVersion,
        int cpus,
        long memoryBytes,
        String bootId,
        Set<String> runtimes,
        boolean appArmor) {}
