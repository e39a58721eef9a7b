package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.select.LabelObjects;
import dev.flotilla.registry.select.Labels;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What all kinds that make pods from a template have in common.
public final class Templates {
    private Templates() {}

    public static void fill(ObjectNode spec) {
        Tree.setDefault(spec, "replicas", 1);
        if (spec.get("template") instanceof ObjectNode template) {
            PodDefaults.fill(Tree.child(template, "spec"));
        }
    }

    public static void check(ObjectNode object, Problems problems) {
        var spec = Tree.at(object, "spec");
        notNegative(object, "replicas", problems);
        notNegative(object, "minReadySeconds", problems);
        var selector = Tree.at(spec, "selector");
        if (selector.isMissingNode()) {
            problems.required("spec.selector", "");
        } else if (selector.isEmpty()) {
            problems.invalid(
                    "spec.selector", selector, "empty selector is invalid for " + which(object));
        }
        var labels = Tree.at(spec, "template", "metadata", "labels");
        checkSelector(selector, labels, problems);
        if (!Tree.has(spec, "template")) {
            problems.required("spec.template", "");
            return;
        }
        for (var l : Tree.fields(labels)) {
            Names.qualified(l.getKey())
                    .ifPresent(why -> problems.invalid("spec.template.labels", l.getKey(), why));
            Names.labelValue(l.getValue().asString(""))
                    .ifPresent(why -> problems.invalid("spec.template.labels", l.getValue(), why));
        }
        PodRules.check(Tree.at(spec, "template", "spec"), "spec.template.spec", problems);
        var restart = Tree.text(spec, "template", "spec", "restartPolicy");
        if (!restart.equals("Always")) {
            problems.unsupported("spec.template.spec.restartPolicy", restart, List.of("Always"));
        }
    }

    private static String which(ObjectNode object) {
        return Tree.text(object, "kind").equals("Deployment") ? "deployment" : "replica set";
    }

    private static void checkSelector(
            tools.jackson.databind.JsonNode selector,
            tools.jackson.databind.JsonNode labels,
            Problems problems) {
        Labels wanted;
        try {
            wanted = LabelObjects.read(selector);
        } catch (dev.flotilla.registry.select.BadSelector e) {
            problems.invalid("spec.selector", selector, String.valueOf(e.getMessage()));
            return;
        }
        if (!selector.isEmpty() && !wanted.matchesLabels(labels)) {
            problems.invalid(
                    "spec.template.metadata.labels",
                    labels.isMissingNode() ? Tree.empty() : labels,
                    "`selector` does not match template `labels`");
        }
    }

    /// The selector is what an object is known by; it is chosen once.
    public static void checkChange(ObjectNode before, ObjectNode after, Problems problems) {
        if (!Tree.same(Tree.at(before, "spec", "selector"), Tree.at(after, "spec", "selector"))) {
            problems.invalid(
                    "spec.selector", Tree.at(after, "spec", "selector"), "field is immutable");
        }
    }

    public static void notNegative(ObjectNode object, String name, Problems problems) {
        if (Tree.number(object, 0, "spec", name) < 0) {
            problems.invalid(
                    "spec." + name,
                    Tree.at(object, "spec", name),
                    "must be greater than or equal to 0");
        }
    }
}
