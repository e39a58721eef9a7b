package dev.flotilla.registry.kinds.autoscaling;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// The annotations of an autoscaler that hold, as JSON, what its version has no fields for.
record Notes(ObjectNode object) {
    static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";
    static final String CURRENT = "autoscaling.alpha.kubernetes.io/current-metrics";
    static final String CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";
    static final String BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";
    private static final List<String> ALL = List.of(METRICS, CURRENT, CONDITIONS, BEHAVIOR);
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Nothing, if the value is empty.
    void put(String note, JsonNode value) {
        if (!value.isEmpty()) {
            Tree.child(Tree.child(object, "metadata"), "annotations").put(note, value.toString());
        }
    }

    /// The objects that the note lists; none if it can't be read.
    List<ObjectNode> list(String note) {
        return read(note) instanceof ArrayNode list
                ? Tree.objects(Tree.empty().set("list", list), "list")
                : List.of();
    }

    Optional<ObjectNode> object(String note) {
        return read(note) instanceof ObjectNode found ? Optional.of(found) : Optional.empty();
    }

    void clear() {
        if (Tree.at(object, "metadata", "annotations") instanceof ObjectNode annotations) {
            boolean had = ALL.stream().anyMatch(annotations::has);
            annotations.remove(ALL);
            if (had && annotations.isEmpty()) {
                Tree.child(object, "metadata").remove("annotations");
            }
        }
    }

    private JsonNode read(String note) {
        var text = Tree.text(object, "metadata", "annotations", note);
        try {
            return text.isEmpty() ? Tree.list() : JSON.readTree(text);
        } catch (JacksonException e) {
            return Tree.list();
        }
    }
}
