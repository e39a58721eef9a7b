package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What of a job's spec stays as it was.
final class JobChanges {
    private JobChanges() {}

    static void check(ObjectNode before, ObjectNode after, Problems problems) {
        var was = Tree.at(before, "spec");
        var is = Tree.at(after, "spec");
        if (Tree.text(is, "completionMode").equals("Indexed")) {
            elastic(before, after, problems);
        } else {
            Counts.immutable(was, is, "spec.", problems, "completions");
        }
        Counts.immutable(was, is, "spec.", problems, "selector");
        if (!Tree.same(template(before, after), Tree.at(is, "template"))) {
            problems.invalid("spec.template", Tree.at(is, "template"), "field is immutable");
        }
        Counts.immutable(
                was,
                is,
                "spec.",
                problems,
                "completionMode",
                "podFailurePolicy",
                "backoffLimitPerIndex",
                "managedBy",
                "successPolicy");
    }

    /// An indexed job grows and shrinks, both numbers at once.
    private static void elastic(ObjectNode before, ObjectNode after, Problems problems) {
        var completions = Tree.at(after, "spec", "completions");
        if (!completions.isMissingNode()
                && !Tree.same(Tree.at(before, "spec", "completions"), completions)
                && !Tree.same(completions, Tree.at(after, "spec", "parallelism"))) {
            problems.invalid(
                    "spec.completions",
                    completions,
                    "can only be modified in tandem with spec.parallelism");
        }
    }

    /// The template as it has to be: a job that is suspended and was never started may still be
    /// told where to run.
    private static ObjectNode template(ObjectNode before, ObjectNode after) {
        var was = Tree.copy(before, "spec", "template");
        if (!Tree.isTrue(before, "spec", "suspend") || Tree.has(before, "status", "startTime")) {
            return was;
        }
        var is = Tree.copy(after, "spec", "template");
        var pod = Tree.child(was, "spec");
        for (var name : List.of("nodeSelector", "tolerations", "schedulingGates")) {
            Tree.carry(Tree.child(is, "spec"), pod, name);
        }
        for (var name : List.of("labels", "annotations")) {
            Tree.carry(Tree.child(is, "metadata"), Tree.child(was, "metadata"), name);
        }
        affinity(pod, Tree.child(is, "spec"));
        return was;
    }

    private static void affinity(ObjectNode was, ObjectNode is) {
        if (Tree.has(is, "affinity")) {
            Tree.carry(Tree.child(is, "affinity"), Tree.child(was, "affinity"), "nodeAffinity");
        } else if (Tree.has(was, "affinity")) {
            Tree.child(was, "affinity").remove("nodeAffinity");
            if (Tree.child(was, "affinity").isEmpty()) {
                was.remove("affinity");
            }
        }
    }
}
