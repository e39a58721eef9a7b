package dev.flotilla.registry.kinds.core;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// What ConfigMaps and Secrets have in common: keys that can be file names, a limit of size, and
/// the choice to stay as they are for good.
final class Data {
    private static final int MOST = 1024 * 1024;

    private Data() {}

    static void checkKeys(ObjectNode object, String field, Problems problems) {
        for (var entry : Tree.fields(object, field)) {
            var key = entry.getKey();
            Names.dataKey(key).forEach(why -> problems.invalid(field + "[" + key + "]", key, why));
        }
    }

    /// How many bytes the values are.
    ///
    /// @param encoded whether they are base64
    static long size(ObjectNode object, String field, boolean encoded) {
        long size = 0;
        for (var entry : Tree.fields(object, field)) {
            var text = entry.getValue().asString("");
            size += encoded ? text.length() / 4L * 3 : text.getBytes(StandardCharsets.UTF_8).length;
        }
        return size;
    }

    static void checkSize(long size, String field, Problems problems) {
        if (size > MOST) {
            problems.tooLong(field, MOST);
        }
    }

    static void checkImmutable(
            ObjectNode before, ObjectNode after, List<String> fields, Problems problems) {
        if (!Tree.isTrue(before, "immutable")) {
            return;
        }
        if (!Tree.isTrue(after, "immutable")) {
            problems.forbidden("immutable", "field is immutable when `immutable` is set");
        }
        for (var field : fields) {
            if (!Tree.same(Tree.copy(before, field), Tree.copy(after, field))) {
                problems.forbidden(field, "field is immutable when `immutable` is set");
            }
        }
    }
}
