package dev.flotilla.registry;

import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.Locale;

/// What holds of every object's `metadata`.
final class MetadataRules {
    private static final int MOST_ANNOTATIONS = 256 * 1024;

    private MetadataRules() {}

    static void check(Kind kind, ObjectNode object, Problems problems) {
        var metadata = Tree.at(object, "metadata");
        var name = Tree.text(metadata, "name");
        if (name.isEmpty()) {
            problems.required("metadata.name", "name or generateName is required");
        } else {
            kind.names()
                    .refusal(name)
                    .ifPresent(why -> problems.invalid("metadata.name", name, why));
        }
        labels(metadata, problems);
        annotations(metadata, problems);
        owners(metadata, problems);
        for (var finalizer : Tree.texts(metadata, "finalizers")) {
            Names.qualified(finalizer)
                    .ifPresent(why -> problems.invalid("metadata.finalizers", finalizer, why));
        }
    }

    static void checkChange(ObjectNode before, ObjectNode after, Problems problems) {
        if (!Tree.has(before, "metadata", "deletionTimestamp")) {
            return;
        }
        var had = Tree.texts(before, "metadata", "finalizers");
        var found =
                Tree.texts(after, "metadata", "finalizers").stream()
                        .filter(f -> !had.contains(f))
                        .toList();
        if (!found.isEmpty()) {
            problems.forbidden(
                    "metadata.finalizers",
                    "no new finalizers can be added if the object is being deleted, found new"
                            + " finalizers []string{\""
                            + String.join("\", \"", found)
                            + "\"}");
        }
    }

    private static void labels(JsonNode metadata, Problems problems) {
        for (var label : Tree.fields(metadata, "labels")) {
            Names.qualified(label.getKey())
                    .ifPresent(why -> problems.invalid("metadata.labels", label.getKey(), why));
            var value = label.getValue().asString("");
            Names.labelValue(value)
                    .ifPresent(why -> problems.invalid("metadata.labels", value, why));
        }
    }

    private static void annotations(JsonNode metadata, Problems problems) {
        long size = 0;
        for (var annotation : Tree.fields(metadata, "annotations")) {
            var key = annotation.getKey();
            size += key.length() + annotation.getValue().asString("").length();
            Names.qualified(key.toLowerCase(Locale.ROOT))
                    .ifPresent(why -> problems.invalid("metadata.annotations", key, why));
        }
        if (size > MOST_ANNOTATIONS) {
            problems.tooLong("metadata.annotations", MOST_ANNOTATIONS);
        }
    }

    private static void owners(JsonNode metadata, Problems problems) {
        int i = 0;
        var controllers = new HashSet<String>();
        for (var owner : Tree.objects(metadata, "ownerReferences")) {
            var field = "metadata.ownerReferences[" + i++ + "]";
            for (var needed : new String[] {"apiVersion", "kind", "name", "uid"}) {
                if (Tree.text(owner, needed).isEmpty()) {
                    problems.invalid(field + "." + needed, "", "must not be empty");
                }
            }
            if (Tree.isTrue(owner, "controller")) {
                controllers.add(Tree.text(owner, "uid") + "/" + i);
            }
        }
        if (controllers.size() > 1) {
            problems.invalid(
                    "metadata.ownerReferences",
                    Tree.at(metadata, "ownerReferences"),
                    "Only one reference can have Controller set to true.");
        }
    }
}
