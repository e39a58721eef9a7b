package dev.flotilla.registry.keep;

import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Body;

import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// An object on its way into the store. All of it is made into bytes beforehand; in the store's
/// writer only the revision is put into its gap.
final class StoredBody implements Body {
    private static final List<String> TOP = List.of("apiVersion", "kind", "metadata");
    private static final List<String> METADATA =
            List.of(
                    "name",
                    "generateName",
                    "namespace",
                    "uid",
                    "resourceVersion",
                    "generation",
                    "creationTimestamp");
    private static final byte[] GAP = "\"resourceVersion\":\"?\"".getBytes(StandardCharsets.UTF_8);

    private final byte[] json;
    private final int gap;

    StoredBody(ObjectNode object) {
        var whole = Tree.ordered(object, TOP);
        var metadata = Tree.ordered(Tree.child(whole, "metadata"), METADATA);
        metadata.put("resourceVersion", "?");
        whole.set("metadata", Tree.ordered(metadata, METADATA));
        json = Tree.bytes(whole);
        gap = gap(json);
    }

    @Override
    public byte[] at(long revision) {
        var digits = Long.toString(revision).getBytes(StandardCharsets.UTF_8);
        var body = new byte[json.length - 1 + digits.length];
        System.arraycopy(json, 0, body, 0, gap);
        System.arraycopy(digits, 0, body, gap, digits.length);
        System.arraycopy(json, gap + 1, body, gap + digits.length, json.length - gap - 1);
        return body;
    }

    /// Where the revision goes. Only plain names and strings can stand before it, and in strings
    /// quotes are escaped, so the first match is the one.
    private static int gap(byte[] json) {
        search:
        for (int i = 0; ; i++) {
            for (int j = 0; j < GAP.length; j++) {
                if (json[i + j] != GAP[j]) {
                    continue search;
                }
            }
            return i + GAP.length - 2;
        }
    }
}
