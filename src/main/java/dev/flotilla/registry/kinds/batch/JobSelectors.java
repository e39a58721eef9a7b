package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.select.BadSelector;
import dev.flotilla.registry.select.LabelObjects;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The labels by which a job knows its pods, unless it chose its own.
final class JobSelectors {
    private static final String UID = "batch.kubernetes.io/controller-uid";
    private static final List<String> UIDS = List.of("controller-uid", UID);
    private static final List<String> NAMES = List.of("job-name", "batch.kubernetes.io/job-name");

    private JobSelectors() {}

    static void generate(ObjectNode job) {
        var spec = Tree.child(job, "spec");
        var labels = Tree.child(Tree.child(Tree.child(spec, "template"), "metadata"), "labels");
        var uid = Tree.text(job, "metadata", "uid");
        NAMES.forEach(n -> absent(labels, n, Tree.text(job, "metadata", "name")));
        UIDS.forEach(u -> absent(labels, u, uid));
        absent(Tree.child(Tree.child(spec, "selector"), "matchLabels"), UID, uid);
    }

    /// A job without labels has those of its pods.
    static void inheritLabels(ObjectNode job) {
        var labels = Tree.at(job, "spec", "template", "metadata", "labels");
        var metadata = Tree.child(job, "metadata");
        if (Tree.at(metadata, "labels").isEmpty() && !labels.isEmpty()) {
            metadata.set("labels", labels.deepCopy());
        }
    }

    static void check(ObjectNode job, Problems problems) {
        var spec = Tree.at(job, "spec");
        if (Tree.isTrue(spec, "manualSelector") || !Tree.has(spec, "selector")) {
            return;
        }
        var uid = Tree.text(job, "metadata", "uid");
        var name = Tree.text(job, "metadata", "name");
        var expected = Tree.empty();
        for (int i = 0; i < UIDS.size(); i++) {
            has(spec, UIDS.get(i), uid, problems);
            has(spec, NAMES.get(i), name, problems);
            expected.put(UIDS.get(i), uid).put(NAMES.get(i), name);
        }
        var selector = Tree.at(spec, "selector");
        try {
            if (!LabelObjects.read(selector).matchesLabels(expected)) {
                problems.invalid("spec.selector", selector, "`selector` not auto-generated");
            }
        } catch (BadSelector e) {
            // Told of when the selector itself is looked at.
            return;
        }
    }

    private static void absent(ObjectNode labels, String name, String value) {
        if (!labels.has(name)) {
            labels.put(name, value);
        }
    }

    private static void has(
            tools.jackson.databind.JsonNode spec, String label, String value, Problems problems) {
        var labels = Tree.at(spec, "template", "metadata", "labels");
        var field = "spec.template.metadata.labels[" + label + "]";
        if (!Tree.has(labels, label)) {
            problems.required(field, "must be '" + value + "'");
        } else if (!Tree.text(labels, label).equals(value)) {
            problems.invalid(field, labels, "must be '" + value + "'");
        }
    }
}
