package dev.flotilla.registry.patch;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// RFC 7386: objects are merged, `null` removes, everything else replaces.
public final class MergePatch {
    private MergePatch() {}

    /// @return a new tree; neither argument is changed
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        return merged(target.deepCopy(), patch);
    }

    /// @param own may be changed
    private static JsonNode merged(JsonNode own, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch.deepCopy();
        }
        var merged = own instanceof ObjectNode object ? object : Tree.empty();
        changes.properties()
                .forEach(
                        change -> {
                            var name = change.getKey();
                            var value = change.getValue();
                            if (value.isNull()) {
                                merged.remove(name);
                            } else {
                                merged.set(name, merged(merged.path(name), value));
                            }
                        });
        return merged;
    }

    /// The patch that makes `before` into `after`.
    public static ObjectNode between(ObjectNode before, ObjectNode after) {
        var patch = Tree.empty();
        before.propertyNames().stream().filter(name -> !after.has(name)).forEach(patch::putNull);
        after.properties()
                .forEach(
                        field -> {
                            var was = before.get(field.getKey());
                            var is = field.getValue();
                            if (was instanceof ObjectNode from && is instanceof ObjectNode to) {
                                var inner = between(from, to);
                                if (!inner.isEmpty()) {
                                    patch.set(field.getKey(), inner);
                                }
                            } else if (was == null || !Tree.same(was, is)) {
                                patch.set(field.getKey(), is.deepCopy());
                            }
                        });
        return patch;
    }
}
