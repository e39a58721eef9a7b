package dev.flotilla.node.pressure;

import dev.flotilla.node.status.Stamps;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Taint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Where a Node tells of its pressures: in its conditions, and in taints that keep pods away.
public final class NodePressures {
    private NodePressures() {}

    /// The Node with the taints of these pressures and of no others.
    public static Node tainted(Node node, Set<Pressure> pressures) {
        var before = node.getSpec() == null ? List.<Taint>of() : node.getSpec().getTaints();
        var ours = Stream.of(Pressure.values()).map(Pressure::taintKey).toList();
        var after = new ArrayList<Taint>();
        before.stream().filter(t -> !ours.contains(t.getKey())).forEach(after::add);
        for (var pressure : Pressure.values()) {
            if (pressures.contains(pressure)) {
                after.add(
                        before.stream()
                                .filter(t -> pressure.taintKey().equals(t.getKey()))
                                .findFirst()
                                .orElse(pressure.taint()));
            }
        }
        return after.equals(before)
                ? node
                : new NodeBuilder(node).editOrNewSpec().withTaints(after).endSpec().build();
    }

    /// The Node with the conditions of these pressures.
    public static Node told(Node node, Set<Pressure> pressures, Instant now) {
        var known = conditions(node);
        var all = new ArrayList<NodeCondition>();
        for (var pressure : Pressure.values()) {
            all.add(dated(pressure.told(pressures.contains(pressure)), known, now));
        }
        return with(node, known, all);
    }

    /// The conditions of a node that nobody hears from, or hears from for the first time.
    ///
    /// @param silent whether nothing is known of them; if not, only those are added that are
    ///   missing
    public static List<NodeCondition> filled(
            List<NodeCondition> known, boolean silent, Instant now) {
        var all = new ArrayList<NodeCondition>();
        for (var pressure : Pressure.values()) {
            var was =
                    known.stream()
                            .filter(c -> c.getType().equals(pressure.condition()))
                            .findFirst();
            if (silent) {
                all.add(dated(pressure.unknown(), known, now));
            } else {
                all.add(was.orElseGet(() -> dated(pressure.told(false), known, now)));
            }
        }
        others(known).forEach(all::add);
        return all;
    }

    private static Node with(Node node, List<NodeCondition> known, List<NodeCondition> pressures) {
        var all = new ArrayList<>(pressures);
        others(known).forEach(all::add);
        return all.equals(known)
                ? node
                : new NodeBuilder(node).editOrNewStatus().withConditions(all).endStatus().build();
    }

    private static Stream<NodeCondition> others(List<NodeCondition> known) {
        var ours = Stream.of(Pressure.values()).map(Pressure::condition).toList();
        return known.stream().filter(c -> !ours.contains(c.getType()));
    }

    /// With the times of the same one before, as far as it is the same.
    private static NodeCondition dated(NodeCondition now, List<NodeCondition> known, Instant at) {
        var was = known.stream().filter(c -> c.getType().equals(now.getType())).findFirst();
        if (was.isPresent() && was.get().getStatus().equals(now.getStatus())) {
            return was.get();
        }
        return new NodeConditionBuilder(now)
                .withLastHeartbeatTime(Stamps.of(at))
                .withLastTransitionTime(Stamps.of(at))
                .build();
    }

    private static List<NodeCondition> conditions(Node node) {
        NodeStatus status = node.getStatus();
        return status == null ? List.of() : status.getConditions();
    }
}
