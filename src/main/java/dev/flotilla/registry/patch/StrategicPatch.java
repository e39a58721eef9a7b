package dev.flotilla.registry.patch;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;

/// Kubernetes' strategic merge patch: as a merge patch, but lists whose elements have a key are
/// merged by it, and directives in the patch say more: `$patch`, `$retainKeys`,
/// `$setElementOrder/…`, `$deleteFromPrimitiveList/…`.
///
/// After "Update API Objects in Place Using kubectl patch" and the design proposal "strategic merge
/// patch" of sig-api-machinery.
public final class StrategicPatch {
    private static final String PATCH = "$patch";
    private static final String RETAIN = "$retainKeys";
    private static final String ORDER = "$setElementOrder/";
    private static final String REMOVE = "$deleteFromPrimitiveList/";

    private StrategicPatch() {}

    /// @return a new tree; neither argument is changed
    /// @throws BadPatch if a directive is not formed as it has to be
    public static ObjectNode apply(ObjectNode target, ObjectNode patch, MergeRules rules) {
        var directive = patch.path(PATCH);
        if (!directive.isMissingNode()) {
            switch (directive.asString("")) {
                case "replace" -> {
                    return plain(patch);
                }
                case "delete" -> {
                    return Tree.empty();
                }
                case "merge" -> {}
                default -> throw new BadPatch("unknown $patch: " + directive);
            }
        }
        var merged = target.deepCopy();
        retain(merged, patch);
        for (var change : patch.properties()) {
            var name = change.getKey();
            if (name.startsWith(REMOVE)) {
                remove(merged, name.substring(REMOVE.length()), list(name, change.getValue()));
            } else if (!directive(name)) {
                change(merged, name, change.getValue(), rules);
            }
        }
        for (var change : patch.properties()) {
            if (change.getKey().startsWith(ORDER)) {
                var name = change.getKey().substring(ORDER.length());
                order(merged, target, name, list(change.getKey(), change.getValue()), rules);
            }
        }
        return merged;
    }

    /// The patch as plain data, for where there is nothing yet to merge it with.
    static ObjectNode plain(ObjectNode patch) {
        var data = Tree.empty();
        for (var field : patch.properties()) {
            var value = field.getValue();
            if (!directive(field.getKey()) && !value.isNull()) {
                data.set(field.getKey(), plain(value));
            }
        }
        return data;
    }

    private static JsonNode plain(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> plain(object);
            case ArrayNode array -> {
                var list = Tree.list();
                for (var element : array) {
                    if (!element.path(PATCH).asString("").equals("delete")
                            && !(element.has(PATCH) && element.size() == 1)) {
                        list.add(plain(element));
                    }
                }
                yield list;
            }
            default -> value.deepCopy();
        };
    }

    private static boolean directive(String name) {
        return name.equals(PATCH)
                || name.equals(RETAIN)
                || name.startsWith(ORDER)
                || name.startsWith(REMOVE);
    }

    private static ArrayNode list(String name, JsonNode value) {
        if (value instanceof ArrayNode list) {
            return list;
        }
        throw new BadPatch(name + " must be a list, not " + value);
    }

    private static void change(ObjectNode merged, String name, JsonNode value, MergeRules rules) {
        var present = merged.get(name);
        if (value.isNull()) {
            merged.remove(name);
        } else if (present instanceof ObjectNode target && value instanceof ObjectNode patch) {
            merged.set(name, apply(target, patch, rules.within(name)));
        } else if (value instanceof ArrayNode patch && rules.merged(name)) {
            var target = present instanceof ArrayNode there ? there : Tree.list();
            merged.set(name, ListMerge.of(rules, name).merge(target, patch));
        } else {
            merged.set(name, plain(value));
        }
    }

    /// Only the named fields stay, whatever was there before.
    private static void retain(ObjectNode merged, ObjectNode patch) {
        if (!patch.has(RETAIN)) {
            return;
        }
        var names = new ArrayList<String>();
        list(RETAIN, patch.get(RETAIN)).forEach(n -> names.add(n.asString("")));
        for (var name : patch.propertyNames()) {
            if (!directive(name) && !patch.path(name).isNull() && !names.contains(name)) {
                throw new BadPatch(RETAIN + " must name every field of the patch, so also " + name);
            }
        }
        merged.remove(merged.propertyNames().stream().filter(n -> !names.contains(n)).toList());
    }

    private static void remove(ObjectNode merged, String name, ArrayNode values) {
        if (merged.get(name) instanceof ArrayNode present) {
            var left = Tree.list();
            for (var element : present) {
                if (element.isContainer()) {
                    throw new BadPatch(REMOVE + name + " is only for lists of plain values");
                }
                if (values.valueStream().noneMatch(v -> Tree.same(v, element))) {
                    left.add(element);
                }
            }
            merged.set(name, left);
        }
    }

    private static void order(
            ObjectNode merged, ObjectNode before, String name, ArrayNode wanted, MergeRules rules) {
        if (merged.get(name) instanceof ArrayNode list && rules.merged(name)) {
            var was = before.get(name) instanceof ArrayNode there ? there : Tree.list();
            merged.set(name, ListMerge.of(rules, name).ordered(list, wanted, was));
        }
    }
}
