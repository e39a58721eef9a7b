package dev.flotilla.controllers.rebalance;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Nodes that pods may move to, by how long they have been ready.
///
/// @param nodes all there are
record Machines(List<Node> nodes, Instant now) {
    /// So long a node that came or came back is left in peace.
    static final Duration AFTER_RETURN = Duration.ofMinutes(1);

    /// So long it counts as one that came or came back.
    static final Duration NEW = Duration.ofHours(1);

    /// Those that may be moved to.
    Set<String> steady() {
        return usable().filter(n -> !readySince(n).plus(AFTER_RETURN).isAfter(now))
                .map(n -> n.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    /// Those that are ready and not cordoned.
    Set<String> open() {
        return usable().map(n -> n.getMetadata().getName()).collect(Collectors.toSet());
    }

    /// Those of these that came or came back not long ago.
    Set<String> joined(Set<String> among) {
        return usable().filter(n -> readySince(n).plus(NEW).isAfter(now))
                .map(n -> n.getMetadata().getName())
                .filter(among::contains)
                .collect(Collectors.toSet());
    }

    /// How long until the next one may be moved to.
    Optional<Duration> untilSteady() {
        return usable().map(n -> Duration.between(now, readySince(n).plus(AFTER_RETURN)))
                .filter(Duration::isPositive)
                .min(Duration::compareTo);
    }

    private Stream<Node> usable() {
        return nodes.stream()
                .filter(
                        n ->
                                n.getSpec() == null
                                        || !Boolean.TRUE.equals(n.getSpec().getUnschedulable()))
                .filter(n -> ready(n).isPresent());
    }

    private static Instant readySince(Node node) {
        var created = node.getMetadata().getCreationTimestamp();
        return ready(node)
                .map(NodeCondition::getLastTransitionTime)
                .or(() -> Optional.ofNullable(created))
                .map(Instant::parse)
                .orElse(Instant.EPOCH);
    }

    private static Optional<NodeCondition> ready(Node node) {
        return node.getStatus() == null
                ? Optional.empty()
                : node.getStatus().getConditions().stream()
                        .filter(c -> c.getType().equals("Ready") && c.getStatus().equals("True"))
                        .findFirst();
    }
}
