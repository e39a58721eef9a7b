package dev.flotilla.node.pressure;

import dev.flotilla.node.Supply;

import java.util.Comparator;
import java.util.List;

/// Which pod goes first when something is short, and what it is told: Kubernetes' order and words.
final class Ranking {
    private Ranking() {}

    /// Those that use more than they asked for, then those of lower priority, then those that are
    /// the furthest over their request. Of whom nothing is known comes first. For processes, whose
    /// number is not known by pod, priority alone decides.
    static List<Candidate> of(Signal signal, List<Candidate> pods) {
        var resource = signal.resource();
        Comparator<Candidate> order =
                signal.pressure() == Pressure.PID
                        ? Comparator.comparingInt(Candidate::priority)
                        : Comparator.comparingInt((Candidate c) -> c.known() ? 1 : 0)
                                .thenComparingInt(c -> c.exceeds(resource) ? 0 : 1)
                                .thenComparingInt(Candidate::priority)
                                .thenComparingLong(c -> c.requested(resource) - c.used(resource));
        return pods.stream().filter(c -> !c.isCritical()).sorted(order).toList();
    }

    /// What stands in the status of the pod that goes, and in its event.
    static String message(Thresholds thresholds, Signal signal, Supply supply, Candidate pod) {
        var resource = signal.resource();
        var stock = signal.in(supply);
        var text =
                new StringBuilder(
                        "The node was low on resource: %s. Threshold quantity: %s, available: %s. "
                                .formatted(
                                        resource,
                                        Quantities.of(thresholds.of(signal, stock)),
                                        Quantities.of(stock.free())));
        var uses = pod.uses(resource);
        pod.containers()
                .forEach(
                        c -> {
                            long used = uses.getOrDefault(c.getName(), 0L);
                            if (used > Candidate.request(c, resource)) {
                                text.append(
                                        "Container %s was using %s, request is %s, has larger consumption of %s. "
                                                .formatted(
                                                        c.getName(),
                                                        Quantities.of(used),
                                                        Candidate.requestText(c, resource),
                                                        resource));
                            }
                        });
        return text.toString();
    }
}
