package dev.flotilla.registry.kinds.policy;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.ConditionRules;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.NameRule;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.kind.Shares;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// How many pods of some have to stay while others are moved on purpose.
final class PodDisruptionBudgets implements Kind {
    private static final ResourceType TYPE =
            Types.of("policy/v1", "poddisruptionbudgets", PodDisruptionBudget.class)
                    .shortNames("pdb")
                    .status()
                    .build();
    private static final List<String> BOUNDS = List.of("minAvailable", "maxUnavailable");
    private static final List<String> UNHEALTHY = List.of("AlwaysAllow", "IfHealthyBudget");
    private static final String[] COUNTS = {
        "disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"
    };

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public NameRule names() {
        return NameRule.SEGMENT;
    }

    @Override
    public boolean generation() {
        return true;
    }

    @Override
    public boolean unconditionalUpdate() {
        return false;
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        var status = object.putObject("status");
        for (var count : COUNTS) {
            status.put(count, 0);
        }
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var spec = Tree.at(object, "spec");
        if (BOUNDS.stream().allMatch(b -> Tree.has(spec, b))) {
            problems.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set");
        }
        for (var bound : BOUNDS) {
            Shares.check(Tree.at(spec, bound), "spec." + bound, problems);
            Shares.atMostAll(Tree.at(spec, bound), "spec." + bound, problems);
        }
        SelectorRules.check(Tree.at(spec, "selector"), "spec.selector", problems);
        var unhealthy = Tree.text(spec, "unhealthyPodEvictionPolicy");
        if (Tree.has(spec, "unhealthyPodEvictionPolicy") && !UNHEALTHY.contains(unhealthy)) {
            problems.unsupported("spec.unhealthyPodEvictionPolicy", unhealthy, UNHEALTHY);
        }
    }

    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        var status = Tree.at(after, "status");
        ConditionRules.check(Tree.objects(status, "conditions"), "status.conditions", problems);
        Counts.notNegative(status, "status", problems, COUNTS);
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Min Available",
                        "How many pods have to be available.",
                        (o, _) -> bound(o, "minAvailable")),
                Column.text(
                        "Max Unavailable",
                        "How many pods may be unavailable.",
                        (o, _) -> bound(o, "maxUnavailable")),
                Column.integer(
                        "Allowed Disruptions",
                        "How many pods may be moved at this time.",
                        (o, _) -> Tree.number(o, 0, "status", "disruptionsAllowed")),
                Column.AGE);
    }

    private static String bound(ObjectNode budget, String name) {
        var bound = Tree.at(budget, "spec", name);
        return bound.isMissingNode() ? "N/A" : bound.asString();
    }
}
