package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.kinds.podspec.AnnotationRules;
import dev.flotilla.registry.kinds.podspec.PodRules;
import dev.flotilla.registry.select.LabelObjects;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What all kinds that make pods from a template have in common.
public final class Templates {
    private Templates() {}

    /// The defaults of a spec that has replicas and a template.
    public static void fill(ObjectNode spec) {
        Tree.setDefault(spec, "replicas", 1);
        fillTemplate(spec);
    }

    /// The defaults of a spec's template.
    public static void fillTemplate(ObjectNode spec) {
        PodDefaults.fill(Tree.child(Tree.child(spec, "template"), "spec"));
    }

    /// A spec whose pods run for good: replicas, selector and template.
    ///
    /// @param which what an empty selector is said to be invalid for
    public static void check(ObjectNode object, String which, Problems problems) {
        var spec = Tree.at(object, "spec");
        Counts.notNegative(spec, "spec", problems, "replicas");
        var selector = Tree.at(spec, "selector");
        if (selector.isMissingNode()) {
            problems.required("spec.selector", "");
        } else {
            checkSelector(selector, which, problems);
        }
        checkMatch(spec, problems);
        checkReadable(selector, "invalid label selector", problems);
        var template = Tree.at(spec, "template");
        checkTemplate(template, "spec.template", problems);
        runsForGood(template, "ReplicaSet", problems);
    }

    /// The selector by which an owner knows its pods.
    public static void checkSelector(JsonNode selector, String which, Problems problems) {
        SelectorRules.check(selector, "spec.selector", problems);
        if (SelectorRules.empty(selector)) {
            problems.invalid("spec.selector", selector, "empty selector is invalid for " + which);
        }
    }

    /// That a selector can be read, which some kinds say once more than the selector's own rules.
    ///
    /// @param why what is said of one that can't
    public static void checkReadable(JsonNode selector, String why, Problems problems) {
        if (!readable(selector)) {
            problems.invalid("spec.selector", selector, why);
        }
    }

    private static boolean readable(JsonNode selector) {
        var found = new Problems();
        SelectorRules.check(selector, "", found);
        return found.all().isEmpty();
    }

    /// That a spec's selector, if it can be read, finds the pods made from its template.
    public static void checkMatch(JsonNode spec, Problems problems) {
        var selector = Tree.at(spec, "selector");
        var labels = Tree.at(spec, "template", "metadata", "labels");
        if (!readable(selector)) {
            return;
        }
        if (selector.isMissingNode() || !LabelObjects.read(selector).matchesLabels(labels)) {
            problems.invalid(
                    "spec.template.metadata.labels",
                    labels,
                    "`selector` does not match template `labels`");
        }
    }

    /// The template itself, whoever makes pods from it.
    ///
    /// @param at where it is, such as `spec.template`
    public static void checkTemplate(JsonNode template, String at, Problems problems) {
        SelectorRules.labels(Tree.at(template, "metadata", "labels"), at + ".labels", problems);
        AnnotationRules.check(template, at, Tree.at(template, "spec"), problems);
        PodRules.check(Tree.at(template, "spec"), at + ".spec", problems);
        if (!Tree.at(template, "spec", "ephemeralContainers").isEmpty()) {
            problems.forbidden(
                    at + ".spec.ephemeralContainers",
                    "ephemeral containers not allowed in pod template");
        }
    }

    /// That the template's pods run until they are deleted.
    ///
    /// @param who makes the pods, as the message calls it
    public static void runsForGood(JsonNode template, String who, Problems problems) {
        var restart = Tree.text(template, "spec", "restartPolicy");
        if (!restart.equals("Always")) {
            problems.unsupported("spec.template.spec.restartPolicy", restart, List.of("Always"));
        }
        if (Tree.has(template, "spec", "activeDeadlineSeconds")) {
            problems.forbidden(
                    "spec.template.spec.activeDeadlineSeconds",
                    "activeDeadlineSeconds in " + who + " is not Supported");
        }
    }

    /// The selector is what an object is known by; it is chosen once.
    public static void checkChange(ObjectNode before, ObjectNode after, Problems problems) {
        Counts.immutable(
                Tree.at(before, "spec"), Tree.at(after, "spec"), "spec.", problems, "selector");
    }
}
