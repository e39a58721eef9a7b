package dev.flotilla.node;

import dev.flotilla.model.NodeUse;
import dev.flotilla.model.NodeUse.ContainerUse;
import dev.flotilla.model.NodeUse.PodUse;
import dev.flotilla.model.ObjectKey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Two samples of a node make its use in the time between.
final class Rates {
    private Rates() {}

    /// @param containers what is known of them, by id; a sample may hold strangers
    static NodeUse between(
            String node, Sample before, Sample after, Map<String, ContainerState> containers) {
        var window = Duration.between(before.time(), after.time());
        var pods = new TreeMap<ObjectKey, List<ContainerUse>>();
        after.containers()
                .forEach(
                        (id, usage) -> {
                            var state = containers.get(id);
                            if (state == null || PodLabels.isSandbox(state)) {
                                return;
                            }
                            var was = before.containers().get(id);
                            long nanos =
                                    was == null || was.cpuNanos() > usage.cpuNanos()
                                            ? usage.cpuNanos()
                                            : usage.cpuNanos() - was.cpuNanos();
                            pods.computeIfAbsent(PodLabels.pod(state), _ -> new ArrayList<>())
                                    .add(
                                            new ContainerUse(
                                                    PodLabels.container(state),
                                                    millis(nanos, window),
                                                    usage.memoryBytes()));
                        });
        return new NodeUse(
                node,
                after.time(),
                window,
                millis(Math.max(0, after.nodeCpuNanos() - before.nodeCpuNanos()), window),
                after.nodeMemoryBytes(),
                pods.entrySet().stream()
                        .map(e -> new PodUse(e.getKey(), List.copyOf(e.getValue())))
                        .toList());
    }

    /// Thousandths of one core.
    private static long millis(long nanos, Duration window) {
        return window.isPositive() ? Math.round(nanos * 1000.0 / window.toNanos()) : 0;
    }
}
