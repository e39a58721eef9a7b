package dev.flotilla.schedule.score;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Shape;

/// The share of CPU and memory that would be left, with the pod there; containers that say nothing
/// are taken to need a little.
final class LeastRequested implements NodeScore {
    @Override
    public double of(Shape pod, NodeView node) {
        var room = node.known().room();
        return (left(room.cpuMillis(), node.guess().cpuMillis() + pod.guess().cpuMillis())
                        + left(
                                room.memoryBytes(),
                                node.guess().memoryBytes() + pod.guess().memoryBytes()))
                / 2;
    }

    private static double left(long room, long used) {
        return used >= room ? 0 : 100.0 * (room - used) / room;
    }
}
