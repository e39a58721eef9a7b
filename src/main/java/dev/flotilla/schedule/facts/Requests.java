package dev.flotilla.schedule.facts;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a pod requests, as Kubernetes adds it up.
final class Requests {
    /// What the pod as a whole may ask for; it then stands for what its containers ask for.
    private static final Set<String> POD_LEVEL = Set.of("cpu", "memory");

    private Requests() {}

    /// All containers and sidecars together, or what some init container needs beside the sidecars
    /// that started before it, whichever is more; then the pod's own word, and its overhead.
    static Amounts of(PodSpec spec) {
        var sidecars = Amounts.NONE;
        var start = Amounts.NONE;
        for (var container : spec.getInitContainers()) {
            var need = of(container);
            if ("Always".equals(container.getRestartPolicy())) {
                sidecars = sidecars.plus(need);
                start = start.most(sidecars);
            } else {
                start = start.most(sidecars.plus(need));
            }
        }
        var together = sidecars;
        for (var container : spec.getContainers()) {
            together = together.plus(of(container));
        }
        return podLevel(together.most(start), spec.getResources()).plus(overhead(spec));
    }

    /// What the pod counts for where load is compared: a container that says nothing of a resource
    /// is taken to need a little.
    ///
    /// @return CPU and memory
    static Amounts guessed(PodSpec spec, Amounts said) {
        long cpu = said.cpuMillis();
        long memory = said.memoryBytes();
        for (var container : spec.getContainers()) {
            var need = of(container);
            cpu += need.cpuMillis() == 0 ? CPU_WHEN_UNSAID : 0;
            memory += need.memoryBytes() == 0 ? MEMORY_WHEN_UNSAID : 0;
        }
        return new Amounts(cpu, memory, 0, Map.of());
    }

    /// Kubernetes' numbers.
    private static final long CPU_WHEN_UNSAID = 100;

    private static final long MEMORY_WHEN_UNSAID = 200L * 1024 * 1024;

    private static Amounts of(Container container) {
        return Amounts.of(wanted(container.getResources()));
    }

    /// What has a limit and no request requests its limit.
    private static Map<String, Quantity> wanted(@Nullable ResourceRequirements resources) {
        if (resources == null) {
            return Map.of();
        }
        if (resources.getLimits() == null || resources.getLimits().isEmpty()) {
            return resources.getRequests() == null ? Map.of() : resources.getRequests();
        }
        var wanted = new HashMap<>(resources.getLimits());
        if (resources.getRequests() != null) {
            wanted.putAll(resources.getRequests());
        }
        return wanted;
    }

    private static Amounts podLevel(Amounts sum, @Nullable ResourceRequirements resources) {
        var wanted = wanted(resources);
        var whole = Amounts.of(wanted);
        return wanted.isEmpty()
                ? sum
                : new Amounts(
                        has(wanted, "cpu") ? whole.cpuMillis() : sum.cpuMillis(),
                        has(wanted, "memory") ? whole.memoryBytes() : sum.memoryBytes(),
                        sum.ephemeralBytes(),
                        sum.others());
    }

    private static boolean has(Map<String, Quantity> wanted, String name) {
        return POD_LEVEL.contains(name) && wanted.containsKey(name);
    }

    private static Amounts overhead(PodSpec spec) {
        return Amounts.of(spec.getOverhead());
    }

    /// The images of all containers.
    static List<String> images(PodSpec spec) {
        return java.util.stream.Stream.concat(
                        spec.getInitContainers().stream(), spec.getContainers().stream())
                .map(Container::getImage)
                .filter(i -> i != null && !i.isEmpty())
                .toList();
    }
}
