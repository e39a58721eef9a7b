package dev.flotilla.schedule.facts;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A node as the scheduler sees it: what it is, what its pods request, and what it is seen to use.
///
/// @param facts null while pods are bound to it but no such node exists
/// @param used sum of the requests of its pods
/// @param guess sum of what its pods count for where load is compared, CPU and memory
/// @param pods how many pods it holds, terminating ones among them
/// @param ports taken by its pods
/// @param load share of CPU and memory that is in use, 0 to 1; negative when nobody measured
public record NodeView(
        String name,
        @Nullable NodeFacts facts,
        Amounts used,
        Amounts guess,
        int pods,
        List<HostPort> ports,
        double load) {
    private static final double UNKNOWN = -1;
    private static final double LOAD_STEPS = 20;

    public static NodeView empty(String name) {
        return new NodeView(name, null, Amounts.NONE, Amounts.NONE, 0, List.of(), UNKNOWN);
    }

    public NodeView with(@Nullable NodeFacts now) {
        return new NodeView(name, now, used, guess, pods, ports, load);
    }

    /// The same, seen to use so much: told in steps of a twentieth of what it offers, so that what
    /// changes a little all the time is no change.
    public NodeView using(long cpuMillis, long memoryBytes) {
        var room = known().room();
        double share =
                cpuMillis / (2.0 * Math.max(1, room.cpuMillis()))
                        + memoryBytes / (2.0 * Math.max(1, room.memoryBytes()));
        double steps = Math.round(share * LOAD_STEPS);
        return new NodeView(name, facts, used, guess, pods, ports, steps / LOAD_STEPS);
    }

    public NodeView plus(Shape pod) {
        var taken = ports;
        if (!pod.ports().isEmpty()) {
            taken = new ArrayList<>(ports);
            taken.addAll(pod.ports());
        }
        return new NodeView(
                name,
                facts,
                used.plus(pod.needs()),
                guess.plus(pod.guess()),
                pods + 1,
                taken,
                load);
    }

    public NodeView minus(Shape pod) {
        var taken = ports;
        if (!pod.ports().isEmpty()) {
            taken = new ArrayList<>(ports);
            pod.ports().forEach(taken::remove);
        }
        return new NodeView(
                name,
                facts,
                used.minus(pod.needs()),
                guess.minus(pod.guess()),
                pods - 1,
                taken,
                load);
    }

    /// What the node says of itself.
    ///
    /// @throws IllegalStateException when there is no such node
    public NodeFacts known() {
        if (facts == null) {
            throw new IllegalStateException("there is no node " + name);
        }
        return facts;
    }
}
