package dev.flotilla.registry.kinds.storage;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What volumes and claims have in common.
final class Volumes {
    static final List<String> MODES = List.of("Block", "Filesystem");
    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

    /// In the order in which they are shown.
    private static final List<String> ACCESS =
            List.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod");

    private static final Map<String, String> SHORT =
            Map.of(
                    "ReadWriteOnce", "RWO",
                    "ReadOnlyMany", "ROX",
                    "ReadWriteMany", "RWX",
                    "ReadWriteOncePod", "RWOP");

    private Volumes() {}

    /// Such as `RWO,ROX`.
    static String shortModes(JsonNode modes) {
        var given = Tree.texts(modes);
        return ACCESS.stream()
                .filter(given::contains)
                .map(SHORT::get)
                .collect(Collectors.joining(","));
    }

    static String classOf(ObjectNode object) {
        var old = Tree.text(object, "metadata", "annotations", OLD_CLASS);
        return old.isEmpty() ? Tree.text(object, "spec", "storageClassName") : old;
    }

    static String phase(ObjectNode object) {
        return Tree.has(object, "metadata", "deletionTimestamp")
                ? "Terminating"
                : Tree.text(object, "status", "phase");
    }

    static String orUnset(ObjectNode object, String field) {
        return Tree.has(object, "spec", field) ? Tree.text(object, "spec", field) : "<unset>";
    }

    /// A new object stays, once deleted, until the loop of this finalizer finds it unused.
    static void protect(ObjectNode object, String finalizer) {
        var metadata = Tree.child(object, "metadata");
        if (!Tree.texts(metadata, "finalizers").contains(finalizer)) {
            metadata.withArray("finalizers").add(finalizer);
        }
    }
}
