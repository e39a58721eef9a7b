package dev.flotilla.schedule.filter;

import dev.flotilla.schedule.facts.HostPort;
import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Two pods can't have the same port of one node.
final class Ports implements NodeFilter {
    @Override
    public boolean admits(Shape pod, NodeView node) {
        return pod.ports().isEmpty() || taken(pod, node) == null;
    }

    @Override
    public List<Refusal> refusals(Shape pod, NodeView node) {
        return List.of(
                new Refusal(
                        "NodePorts",
                        "node(s) didn't have free ports for the requested pod ports",
                        "port " + taken(pod, node) + " is taken",
                        false));
    }

    private static @Nullable HostPort taken(Shape pod, NodeView node) {
        for (var wanted : pod.ports()) {
            for (var other : node.ports()) {
                if (wanted.clashes(other)) {
                    return wanted;
                }
            }
        }
        return null;
    }
}
