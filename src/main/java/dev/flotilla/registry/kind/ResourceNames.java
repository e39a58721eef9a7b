package dev.flotilla.registry.kind;

import dev.flotilla.registry.tree.Names;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names of what can be asked for, limited and counted.
public final class ResourceNames {
    private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> OF_QUOTAS =
            Stream.of(
                            Stream.of("cpu", "memory", "ephemeral-storage"),
                            Stream.of("cpu", "memory", "ephemeral-storage", "storage")
                                    .map(r -> "requests." + r),
                            Stream.of("cpu", "memory", "ephemeral-storage").map(r -> "limits." + r),
                            Stream.of(
                                    "pods",
                                    "resourcequotas",
                                    "services",
                                    "replicationcontrollers",
                                    "secrets",
                                    "configmaps",
                                    "persistentvolumeclaims",
                                    "services.nodeports",
                                    "services.loadbalancers"))
                    .flatMap(s -> s)
                    .collect(Collectors.toUnmodifiableSet());

    private ResourceNames() {}

    /// What a container may ask for.
    public static void container(String name, String field, Problems problems) {
        any(name, field, problems);
        if (plain(name)) {
            if (!OF_CONTAINERS.contains(name) && !huge(name)) {
                problems.invalid(field, name, "must be a standard resource for containers");
            }
        } else if (!name.contains("kubernetes.io/") && !extended(name)) {
            problems.invalid(field, name, "doesn't follow extended resource name standard");
        }
    }

    /// What a quota may limit.
    public static void quota(String name, String field, Problems problems) {
        any(name, field, problems);
        if (plain(name) && !ofQuotas(name)) {
            problems.invalid(field, name, "must be a standard resource for quota");
        }
    }

    public static boolean ofQuotas(String name) {
        return OF_QUOTAS.contains(name) || huge(name) || name.startsWith("requests.hugepages-");
    }

    public static void any(String name, String field, Problems problems) {
        var why = Names.qualified(name);
        if (!why.isEmpty()) {
            why.forEach(w -> problems.invalid(field, name, w));
        } else if (plain(name)
                && !OF_QUOTAS.contains(name)
                && !name.equals("storage")
                && !huge(name)) {
            problems.invalid(field, name, "must be a standard resource type or fully qualified");
        }
    }

    /// Whether more may be allowed than is asked for.
    public static boolean overcommitted(String name) {
        return !huge(name) && (plain(name) || name.contains("kubernetes.io/"));
    }

    /// Whether a device's maker named it.
    public static boolean extended(String name) {
        return !plain(name)
                && !name.contains("kubernetes.io/")
                && !name.startsWith("requests.")
                && Names.qualified("requests." + name).isEmpty();
    }

    public static boolean huge(String name) {
        return name.startsWith("hugepages-");
    }

    private static boolean plain(String name) {
        return name.indexOf('/') < 0;
    }
}
