package dev.flotilla.registry.kind;

import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/// What the conditions of `meta/v1` must look like.
public final class ConditionRules {
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");
    private static final String REASON = "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?";
    private static final Pattern REASON_PATTERN = Pattern.compile(REASON);
    private static final int LONGEST_REASON = 1024;
    private static final int LONGEST_MESSAGE = 32 * 1024;

    private ConditionRules() {}

    /// @param at where the list is
    public static void check(List<ObjectNode> conditions, String at, Problems problems) {
        var types = new HashSet<String>();
        int i = 0;
        for (var condition : conditions) {
            var field = at + "[" + i++ + "]";
            var type = Tree.text(condition, "type");
            if (!types.add(type)) {
                problems.duplicate(field + ".type", type);
            }
            Names.qualified(type).forEach(why -> problems.invalid(field + ".type", type, why));
            var status = Tree.text(condition, "status");
            if (!STATUSES.contains(status)) {
                problems.unsupported(field + ".status", status, STATUSES);
            }
            long generation = Tree.number(condition, 0, "observedGeneration");
            if (generation < 0) {
                problems.invalid(
                        field + ".observedGeneration",
                        generation,
                        "must be greater than or equal to zero");
            }
            if (!Tree.has(condition, "lastTransitionTime")) {
                problems.required(field + ".lastTransitionTime", "must be set");
            }
            reason(Tree.text(condition, "reason"), field + ".reason", problems);
            if (Tree.text(condition, "message").length() > LONGEST_MESSAGE) {
                problems.tooLong(field + ".message", LONGEST_MESSAGE);
            }
        }
    }

    private static void reason(String reason, String field, Problems problems) {
        if (reason.isEmpty()) {
            problems.required(field, "must be set");
            return;
        }
        if (!REASON_PATTERN.matcher(reason).matches()) {
            problems.invalid(
                    field,
                    reason,
                    "a condition reason must start with alphabetic character, optionally followed"
                            + " by a string of alphanumeric characters or '_,:', and must end with"
                            + " an alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME', "
                            + " or 'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex"
                            + " used for validation is '"
                            + REASON
                            + "')");
        }
        if (reason.length() > LONGEST_REASON) {
            problems.tooLong(field, LONGEST_REASON);
        }
    }
}
