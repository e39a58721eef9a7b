package dev.flotilla.registry.write;

import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;
import java.util.Set;

/// What holds of every object's `metadata`.
final class MetadataRules {
    private static final Set<String> STANDARD_FINALIZERS =
            Set.of("kubernetes", "orphan", "foregroundDeletion");
    private static final String IMMUTABLE = "field is immutable";
    private static final int MOST_ANNOTATIONS = 256 * 1024;

    private MetadataRules() {}

    static void check(Kind kind, ObjectNode object, Problems problems) {
        var metadata = Tree.at(object, "metadata");
        var start = Tree.text(metadata, "generateName");
        if (!start.isEmpty()) {
            kind.names()
                    .refusalsOfStart(start)
                    .forEach(why -> problems.invalid("metadata.generateName", start, why));
        }
        var name = Tree.text(metadata, "name");
        if (name.isEmpty()) {
            problems.required("metadata.name", "name or generateName is required");
        } else {
            kind.names()
                    .refusals(name)
                    .forEach(why -> problems.invalid("metadata.name", name, why));
        }
        labels(metadata, problems);
        annotations(metadata, problems);
        owners(metadata, problems);
        finalizers(metadata, problems);
    }

    /// What a writer may not say of an object that is there; what it leaves out stays as it is.
    static void checkFixed(ObjectNode before, ObjectNode sent, Problems problems) {
        var was = Tree.at(before, "metadata");
        var is = Tree.at(sent, "metadata");
        var uid = Tree.text(is, "uid");
        if (!uid.isEmpty() && !uid.equals(Tree.text(was, "uid"))) {
            problems.invalid("metadata.uid", uid, IMMUTABLE);
        }
        if (Tree.has(is, "deletionTimestamp") && !Tree.has(was, "deletionTimestamp")) {
            problems.invalid(
                    "metadata.deletionTimestamp", Tree.text(is, "deletionTimestamp"), IMMUTABLE);
        }
        var grace = "deletionGracePeriodSeconds";
        if (Tree.has(is, grace) && Tree.number(is, -1, grace) != Tree.number(was, -1, grace)) {
            problems.invalid("metadata." + grace, Tree.number(is, -1, grace), IMMUTABLE);
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

    private static void finalizers(JsonNode metadata, Problems problems) {
        var all = Tree.texts(metadata, "finalizers");
        for (var finalizer : all) {
            Names.qualified(finalizer)
                    .forEach(why -> problems.invalid("metadata.finalizers", finalizer, why));
        }
        if (all.contains("orphan") && all.contains("foregroundDeletion")) {
            problems.invalid(
                    "metadata.finalizers",
                    Tree.at(metadata, "finalizers"),
                    "finalizer orphan and foregroundDeletion cannot be both set");
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(all.get(i))) {
                problems.invalid(
                        "metadata.finalizers[" + i + "]",
                        all.get(i),
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    private static void labels(JsonNode metadata, Problems problems) {
        for (var label : Tree.fields(metadata, "labels")) {
            Names.qualified(label.getKey())
                    .forEach(why -> problems.invalid("metadata.labels", label.getKey(), why));
            var value = label.getValue().asString("");
            Names.labelValue(value).forEach(why -> problems.invalid("metadata.labels", value, why));
        }
    }

    private static void annotations(JsonNode metadata, Problems problems) {
        long size = 0;
        for (var annotation : Tree.fields(metadata, "annotations")) {
            var key = annotation.getKey();
            size += key.length() + annotation.getValue().asString("").length();
            Names.qualified(key.toLowerCase(Locale.ROOT))
                    .forEach(why -> problems.invalid("metadata.annotations", key, why));
        }
        if (size > MOST_ANNOTATIONS) {
            problems.tooLong("metadata.annotations", MOST_ANNOTATIONS);
        }
    }

    private static void owners(JsonNode metadata, Problems problems) {
        var at = "metadata.ownerReferences";
        var controller = "";
        for (var owner : Tree.objects(metadata, "ownerReferences")) {
            var version = Tree.text(owner, "apiVersion");
            if (version.isEmpty() || version.endsWith("/")) {
                problems.invalid(at + ".apiVersion", version, "version must not be empty");
            }
            for (var needed : new String[] {"kind", "name", "uid"}) {
                if (Tree.text(owner, needed).isEmpty()) {
                    problems.invalid(at + "." + needed, "", "must not be empty");
                }
            }
            var kind = Tree.text(owner, "kind");
            if (version.equals("v1") && kind.equals("Event")) {
                problems.invalid(at, owner, "/v1, Kind=Event is disallowed from being an owner");
            }
            if (Tree.isTrue(owner, "controller")) {
                var name = kind + "/" + Tree.text(owner, "name");
                if (!controller.isEmpty()) {
                    problems.invalid(
                            at,
                            Tree.at(metadata, "ownerReferences"),
                            ("Only one reference can have Controller set to true. Found \"true\" in"
                                            + " references for %s and %s")
                                    .formatted(controller, name));
                } else {
                    controller = name;
                }
            }
        }
    }
}
