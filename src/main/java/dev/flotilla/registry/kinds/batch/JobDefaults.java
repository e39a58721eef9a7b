package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.kinds.pod.Templates;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

/// What a job's spec means where it says nothing.
final class JobDefaults {
    private JobDefaults() {}

    static void fill(ObjectNode spec) {
        Templates.fillTemplate(spec);
        if (!Tree.has(spec, "completions") && !Tree.has(spec, "parallelism")) {
            spec.put("completions", 1);
        }
        Tree.setDefault(spec, "parallelism", 1);
        Tree.setDefault(
                spec,
                "backoffLimit",
                Tree.has(spec, "backoffLimitPerIndex") ? Integer.MAX_VALUE : 6);
        Tree.setDefault(spec, "completionMode", "NonIndexed");
        Tree.setDefault(spec, "suspend", false);
        Tree.setDefault(spec, "manualSelector", false);
        Tree.setDefault(
                spec,
                "podReplacementPolicy",
                Tree.has(spec, "podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
        fillRules(spec);
    }

    /// What a rule of failures means, in a CronJob's template too.
    static void fillRules(ObjectNode spec) {
        for (var rule : Tree.objects(spec, "podFailurePolicy", "rules")) {
            for (var pattern : Tree.objects(rule, "onPodConditions")) {
                Tree.setDefault(pattern, "status", "True");
            }
        }
    }
}
