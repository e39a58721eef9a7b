package dev.flotilla.schedule.score;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Shape;

/// How alike CPU and memory would be requested, as shares of what there is: 100 when alike. Says
/// nothing of pods that request neither.
final class Balanced implements NodeScore {
    @Override
    public double of(Shape pod, NodeView node) {
        var need = pod.needs();
        if (need.cpuMillis() == 0 && need.memoryBytes() == 0) {
            return 0;
        }
        var room = node.known().room();
        double cpu = share(node.used().cpuMillis() + need.cpuMillis(), room.cpuMillis());
        double memory = share(node.used().memoryBytes() + need.memoryBytes(), room.memoryBytes());
        return 100 * (1 - Math.abs(cpu - memory) / 2);
    }

    private static double share(long used, long room) {
        return room == 0 ? 1 : Math.min(1, used / (double) room);
    }
}
