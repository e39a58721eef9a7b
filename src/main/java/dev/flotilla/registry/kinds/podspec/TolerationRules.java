package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Which taints a pod bears.
public final class TolerationRules {
    private static final List<String> EFFECTS =
            List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private TolerationRules() {}

    /// @param holder of `tolerations`
    /// @param at where they are
    public static void check(JsonNode holder, String at, Problems problems) {
        int i = 0;
        for (var t : Tree.objects(holder, "tolerations")) {
            toleration(t, at + "[" + i++ + "]", problems);
        }
    }

    private static void toleration(ObjectNode t, String field, Problems problems) {
        var key = Tree.text(t, "key");
        var operator = Tree.text(t, "operator");
        var effect = Tree.text(t, "effect");
        if (!key.isEmpty()) {
            Checks.qualified(key, field + ".key", problems);
        } else if (!operator.equals("Exists")) {
            problems.invalid(
                    field + ".operator",
                    operator,
                    "operator must be Exists when `key` is empty, which means \"match all values"
                            + " and all keys\"");
        }
        if (Tree.has(t, "tolerationSeconds") && !effect.equals("NoExecute")) {
            problems.invalid(
                    field + ".effect",
                    effect,
                    "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        operator(operator, Tree.text(t, "value"), field + ".operator", problems);
        if (!effect.isEmpty() && !EFFECTS.contains(effect)) {
            problems.notOneOf(field + ".effect", effect, EFFECTS);
        }
    }

    private static void operator(String operator, String value, String at, Problems problems) {
        switch (operator) {
            case "", "Equal" -> {
                var why = Names.labelValue(value);
                if (!why.isEmpty()) {
                    problems.invalid(at, value, String.join(";", why));
                }
            }
            case "Exists" -> {
                if (!value.isEmpty()) {
                    problems.invalid(at, value, "value must be empty when `operator` is 'Exists'");
                }
            }
            case String other -> problems.notOneOf(at, other, List.of("Equal", "Exists"));
        }
    }
}
