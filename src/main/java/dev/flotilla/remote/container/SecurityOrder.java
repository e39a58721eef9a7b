package dev.flotilla.remote.container;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerSpec.Security;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a container may do, in Docker's words.
final class SecurityOrder {
    private SecurityOrder() {}

    static void secure(HostConfig host, Security security) {
        var options = new ArrayList<>(security.options());
        if (security.noNewPrivileges()) {
            options.add("no-new-privileges");
        }
        if (!security.seccomp().isEmpty()) {
            options.add("seccomp=" + security.seccomp());
        }
        host.withSecurityOpts(options)
                .withPrivileged(security.privileged())
                .withReadonlyRootfs(security.readOnlyRoot())
                .withCapAdd(capabilities(security.capAdd()))
                .withCapDrop(capabilities(security.capDrop()))
                .withGroupAdd(security.groups().stream().map(String::valueOf).toList());
        if (!security.sysctls().isEmpty()) {
            host.withSysctls(security.sysctls());
        }
    }

    private static Capability[] capabilities(List<String> names) {
        return names.stream().map(SecurityOrder::capability).toArray(Capability[]::new);
    }

    private static Capability capability(String name) {
        var bare = name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
        try {
            return Capability.valueOf(bare);
        } catch (IllegalArgumentException _) {
            throw new RefusedByEngine("unknown capability \"" + name + "\"");
        }
    }
}
