package dev.flotilla.registry.kinds.autoscaling;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// How fast an autoscaler goes, as the annotation of `autoscaling/v1` writes it: with the names of
/// Go's fields.
final class BehaviorV1 {
    private static final List<String> RULES =
            List.of("stabilizationWindowSeconds", "selectPolicy", "policies", "tolerance");
    private static final List<String> POLICY = List.of("type", "value", "periodSeconds");

    private BehaviorV1() {}

    static ObjectNode noted(ObjectNode behavior) {
        var noted = Tree.empty();
        for (var direction : List.of("scaleUp", "scaleDown")) {
            if (behavior.get(direction) instanceof ObjectNode rules) {
                noted.set(upper(direction), noted(rules, RULES));
            } else {
                noted.putNull(upper(direction));
            }
        }
        return noted;
    }

    private static JsonNode noted(JsonNode value, List<String> fields) {
        if (value instanceof ArrayNode list) {
            var noted = Tree.list();
            list.forEach(p -> noted.add(noted(p, POLICY)));
            return noted;
        }
        if (!(value instanceof ObjectNode object)) {
            return value;
        }
        var noted = Tree.empty();
        for (var field : fields) {
            var found = object.get(field);
            if (found == null) {
                noted.putNull(upper(field));
            } else {
                noted.set(upper(field), noted(found, POLICY));
            }
        }
        return noted;
    }

    static ObjectNode kept(ObjectNode noted) {
        var behavior = Tree.empty();
        for (var direction : List.of("scaleUp", "scaleDown")) {
            if (noted.get(upper(direction)) instanceof ObjectNode rules) {
                behavior.set(direction, kept(rules, RULES));
            }
        }
        return behavior;
    }

    private static JsonNode kept(JsonNode value, List<String> fields) {
        if (value instanceof ArrayNode list) {
            var kept = Tree.list();
            list.forEach(p -> kept.add(kept(p, POLICY)));
            return kept;
        }
        if (!(value instanceof ObjectNode object)) {
            return value;
        }
        var kept = Tree.empty();
        for (var field : fields) {
            var found = object.get(upper(field));
            if (found != null && !found.isNull()) {
                kept.set(field, kept(found, POLICY));
            }
        }
        return kept;
    }

    private static String upper(String field) {
        return Character.toUpperCase(field.charAt(0)) + field.substring(1);
    }
}
