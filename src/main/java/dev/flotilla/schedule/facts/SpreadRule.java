package dev.flotilla.schedule.facts;

import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How evenly the pods of a group lie over domains.
///
/// @param topologyKey nodes with the same value of this label are one domain
/// @param hard whether it refuses nodes; otherwise it only ranks them
/// @param minDomains with fewer domains than this the least is taken to be 0
/// @param byChoice whether only nodes that the pod's node selector and affinity admit count
/// @param byTaints whether only nodes whose taints the pod tolerates count
/// @param pods null for none
public record SpreadRule(
        int maxSkew,
        String topologyKey,
        boolean hard,
        int minDomains,
        boolean byChoice,
        boolean byTaints,
        @Nullable Labels pods) {

    static List<SpreadRule> of(
            @Nullable List<TopologySpreadConstraint> constraints, Map<String, String> labels) {
        return constraints == null || constraints.isEmpty()
                ? List.of()
                : constraints.stream().map(c -> of(c, labels)).toList();
    }

    private static SpreadRule of(TopologySpreadConstraint c, Map<String, String> labels) {
        var pods = Labels.of(c.getLabelSelector());
        return new SpreadRule(
                Objects.requireNonNullElse(c.getMaxSkew(), 1),
                c.getTopologyKey(),
                !"ScheduleAnyway".equals(c.getWhenUnsatisfiable()),
                Objects.requireNonNullElse(c.getMinDomains(), 1),
                !"Ignore".equals(c.getNodeAffinityPolicy()),
                "Honor".equals(c.getNodeTaintsPolicy()),
                pods == null ? null : pods.and(c.getMatchLabelKeys(), "In", labels));
    }

    public boolean counts(Map<String, String> labels) {
        return pods != null && pods.match(labels);
    }
}
