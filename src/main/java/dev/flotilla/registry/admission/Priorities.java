package dev.flotilla.registry.admission;

import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;

import tools.jackson.databind.node.ObjectNode;

import java.util.Comparator;
import java.util.Optional;

/// A pod's priority is that of its class, or of the class for all that name none.
final class Priorities implements Step {
    @Override
    public void fill(Attempt attempt, Surroundings around) {
        if (!attempt.of(Pod.class)) {
            return;
        }
        var spec = attempt.spec();
        var before = attempt.before();
        if (before != null) {
            for (var name : new String[] {"priority", "preemptionPolicy"}) {
                if (!spec.has(name)) {
                    Tree.carry(Tree.child(before, "spec"), spec, name);
                }
            }
            return;
        }
        var name = Tree.text(spec, "priorityClassName");
        var found = name.isEmpty() ? common(around) : named(name, attempt, around);
        if (name.isEmpty()) {
            found.ifPresent(c -> spec.put("priorityClassName", Tree.text(c, "metadata", "name")));
        }
        settle(
                attempt,
                found.map(c -> Tree.number(c, 0, "value")).orElse(0L),
                found.map(c -> Tree.text(c, "preemptionPolicy")).orElse("PreemptLowerPriority"));
    }

    private static void settle(Attempt attempt, long priority, String policy) {
        var spec = attempt.spec();
        long asked = Tree.number(spec, priority, "priority");
        if (asked != priority) {
            throw attempt.forbidden(
                    ("the integer value of priority (%d) must not be provided in pod spec; priority"
                                    + " admission controller computed %d from the given"
                                    + " PriorityClass name")
                            .formatted(asked, priority));
        }
        spec.put("priority", (int) priority);
        var wanted = Tree.text(spec, "preemptionPolicy");
        if (!wanted.isEmpty() && !wanted.equals(policy)) {
            throw attempt.forbidden(
                    ("the string value of PreemptionPolicy (%s) must not be provided in pod spec;"
                                    + " priority admission controller computed %s from the given"
                                    + " PriorityClass name")
                            .formatted(wanted, policy));
        }
        spec.put("preemptionPolicy", policy);
    }

    private static Optional<ObjectNode> named(String name, Attempt attempt, Surroundings around) {
        var found = around.get(PriorityClass.class, "", name);
        if (found.isEmpty()) {
            throw attempt.forbidden("no PriorityClass with name " + name + " was found");
        }
        return found;
    }

    /// The class that is marked for all; of several, the lowest.
    private static Optional<ObjectNode> common(Surroundings around) {
        return around.list(PriorityClass.class, "").stream()
                .filter(c -> Tree.isTrue(c, "globalDefault"))
                .min(Comparator.comparingLong(c -> Tree.number(c, 0, "value")));
    }
}
