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
                        : Comparator.<Candidate, Boolean>comparing(c -> c.known())
                                .thenComparing(c -> !c.exceeds(resource))
                                .thenComparing(Candidate::priority)
                                .thenComparing(
                                        Comparator.comparingLong(
                                                        (Candidate c) ->
                                                                c.used(resource)
                                                                        - c.requested(resource))
                                                .reversed());
        return pods.stream().filter(c -> !c.isCritical()).sorted(order).toList();
    }

    /// What stands in the status of the pod that goes, and in its event.
    static String message(Signal signal, Supply supply, Candidate pod) {
        var resource = signal.resource();
        var stock = signal.in(supply);
        var text =
                new StringBuilder(
                        "The node was low on resource: %s. Threshold quantity: %s, available: %s. "
                                .formatted(
                                        resource,
                                        Quantities.of(signal.threshold(stock.total())),
                                        Quantities.of(stock.free())));
        pod.containers()
                .filter(c -> pod.uses(resource).containsKey(c.getName()))
                .filter(c -> pod.uses(resource).get(c.getName()) > Candidate.request(c, resource))
                .forEach(
                        c ->
                                text.append(
                                        "Container %s was using %s, request is %s, has larger consumption of %s. "
                                                .formatted(
                                                        c.getName(),
                                                        Quantities.of(
                                                                pod.uses(resource)
                                                                        .get(c.getName())),
                                                        Candidate.requestText(c, resource),
                                                        resource)));
        return text.toString();
    }
}
