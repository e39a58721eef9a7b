package dev.flotilla.registry.tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// Short ways through a JSON tree. What is absent, or of another type than asked for, reads as
/// empty: types are checked once, at the door, by the schema.
public final class Tree {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// A whole number is the same whichever way it is held in memory.
    private static final Comparator<JsonNode> SAME_VALUE =
            (a, b) ->
                    a.equals(b)
                                    || (a.isIntegralNumber()
                                            && b.isIntegralNumber()
                                            && a.bigIntegerValue().equals(b.bigIntegerValue()))
                            ? 0
                            : 1;

    private Tree() {}

    /// Whether two trees mean the same; the order of fields does not matter.
    public static boolean same(JsonNode a, JsonNode b) {
        return a.equals(SAME_VALUE, b);
    }

    /// The value at the end of `path`, or a missing node.
    public static JsonNode at(JsonNode node, String... path) {
        var here = node;
        for (var name : path) {
            here = here.isObject() ? here.path(name) : MissingNode.getInstance();
        }
        return here.isNull() ? MissingNode.getInstance() : here;
    }

    /// The string at the end of `path`, or the empty string.
    public static String text(JsonNode node, String... path) {
        var found = at(node, path);
        return found.isString() ? found.stringValue() : "";
    }

    /// The number at the end of `path`, or `otherwise`.
    public static long number(JsonNode node, long otherwise, String... path) {
        var found = at(node, path);
        return found.isIntegralNumber() && found.canConvertToLong() ? found.longValue() : otherwise;
    }

    public static boolean isTrue(JsonNode node, String... path) {
        var found = at(node, path);
        return found.isBoolean() && found.booleanValue();
    }

    public static boolean has(JsonNode node, String... path) {
        return !at(node, path).isMissingNode();
    }

    /// The objects in the list at the end of `path`.
    public static List<ObjectNode> objects(JsonNode node, String... path) {
        return at(node, path) instanceof ArrayNode list
                ? StreamSupport.stream(list.spliterator(), false)
                        .filter(ObjectNode.class::isInstance)
                        .map(ObjectNode.class::cast)
                        .toList()
                : List.of();
    }

    /// The strings in the list at the end of `path`.
    public static List<String> texts(JsonNode node, String... path) {
        return at(node, path) instanceof ArrayNode list
                ? StreamSupport.stream(list.spliterator(), false)
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .toList()
                : List.of();
    }

    /// Name and value of each field of the object at the end of `path`.
    public static Iterable<Map.Entry<String, JsonNode>> fields(JsonNode node, String... path) {
        return at(node, path) instanceof ObjectNode object ? object.properties() : List.of();
    }

    /// The object in the field, made if it is absent.
    public static ObjectNode child(ObjectNode object, String name) {
        return object.get(name) instanceof ObjectNode child ? child : object.putObject(name);
    }

    /// An object with the same fields. What is in them is shared: to be replaced, not changed.
    public static ObjectNode shallow(ObjectNode object) {
        var copy = empty();
        copy.setAll(object);
        return copy;
    }

    /// The object in the field of a [#shallow] copy, made its own as far as its fields go; made if
    /// it is absent.
    public static ObjectNode own(ObjectNode copy, String name) {
        var own = copy.get(name) instanceof ObjectNode shared ? shallow(shared) : empty();
        copy.set(name, own);
        return own;
    }

    /// The object at the end of `path` as a copy, or a new empty one.
    public static ObjectNode copy(JsonNode node, String... path) {
        return at(node, path) instanceof ObjectNode object ? object.deepCopy() : empty();
    }

    public static void setDefault(ObjectNode object, String name, String value) {
        if (text(object, name).isEmpty()) {
            object.put(name, value);
        }
    }

    public static void setDefault(ObjectNode object, String name, long value) {
        if (!has(object, name)) {
            object.put(name, value);
        }
    }

    public static void setDefault(ObjectNode object, String name, boolean value) {
        if (!has(object, name)) {
            object.put(name, value);
        }
    }

    /// Makes `name` of `to` what it is in `from`: a copy, or absent.
    public static void carry(ObjectNode from, ObjectNode to, String name) {
        var value = from.get(name);
        if (value == null) {
            to.remove(name);
        } else {
            to.set(name, value.deepCopy());
        }
    }

    public static ObjectNode empty() {
        return NODES.objectNode();
    }

    public static ArrayNode list() {
        return NODES.arrayNode();
    }

    /// @param json that we wrote ourselves
    public static ObjectNode read(byte[] json) {
        return (ObjectNode) JSON.readTree(json);
    }

    public static byte[] bytes(JsonNode node) {
        return JSON.writeValueAsBytes(node);
    }

    /// Puts the fields named in `order` first and leaves the others as they come.
    public static ObjectNode ordered(ObjectNode object, List<String> order) {
        var sorted = empty();
        for (var name : order) {
            var value = object.get(name);
            if (value != null) {
                sorted.set(name, value);
            }
        }
        object.properties().forEach(f -> sorted.set(f.getKey(), f.getValue()));
        return sorted;
    }

    /// Whether there are more than so many objects and lists within each other.
    public static boolean isDeeper(JsonNode node, int levels) {
        if (!node.isContainer()) {
            return false;
        }
        if (levels == 0) {
            return true;
        }
        for (var child : node) {
            if (isDeeper(child, levels - 1)) {
                return true;
            }
        }
        return false;
    }

    /// Takes out, at every depth, what is `null` in an object.
    public static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.removeIf(JsonNode::isNull);
        }
        node.forEach(Tree::dropNulls);
    }
}
