package dev.flotilla.registry.write;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.PatchType;
import dev.flotilla.registry.patch.BadPatch;
import dev.flotilla.registry.patch.JsonPatch;
import dev.flotilla.registry.patch.MergePatch;
import dev.flotilla.registry.patch.MergeRules;
import dev.flotilla.registry.patch.StrategicPatch;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;

/// Applies a patch of any type to what the client sees of an object.
final class Patching {
    private static final int MOST_OPERATIONS = 10_000;

    private Patching() {}

    /// @return a new tree
    static ObjectNode apply(PatchType type, ObjectNode present, JsonNode patch, MergeRules rules) {
        if (patch.isNull() && type != PatchType.MERGE) {
            return present.deepCopy();
        }
        if (!(type == PatchType.JSON ? patch.isArray() : patch.isObject())) {
            throw ApiFailure.badRequest(refusal(type, patch));
        }
        var patched =
                switch (type) {
                    case JSON -> json(present, patch);
                    case MERGE -> MergePatch.apply(present, patch);
                    case STRATEGIC -> strategic(present, (ObjectNode) patch, rules);
                };
        if (!(patched instanceof ObjectNode object)) {
            throw ApiFailure.patchFailed();
        }
        return object;
    }

    private static String refusal(PatchType type, JsonNode patch) {
        if (patch.isNull()) {
            return "Invalid JSON Patch";
        }
        var why =
                "json: cannot unmarshal %s into Go value of type %s"
                        .formatted(
                                kind(patch),
                                type == PatchType.JSON
                                        ? "jsonpatch.Patch"
                                        : "map[string]interface {}");
        return type == PatchType.STRATEGIC ? why : "error decoding patch: " + why;
    }

    private static JsonNode strategic(ObjectNode present, ObjectNode patch, MergeRules rules) {
        try {
            return StrategicPatch.apply(present, patch, rules);
        } catch (BadPatch e) {
            throw ApiFailure.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode json(ObjectNode present, JsonNode patch) {
        if (patch.size() > MOST_OPERATIONS) {
            throw ApiFailure.requestTooLarge(
                    "The allowed maximum operations in a JSON patch is %d, got %d"
                            .formatted(MOST_OPERATIONS, patch.size()));
        }
        for (var operation : patch) {
            if (!operation.isObject()) {
                throw ApiFailure.badRequest(
                        "json: cannot unmarshal %s into Go value of type jsonpatch.Operation"
                                .formatted(kind(operation)));
            }
        }
        try {
            return JsonPatch.apply(present, patch);
        } catch (BadPatch _) {
            throw ApiFailure.patchFailed();
        }
    }

    private static String kind(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
