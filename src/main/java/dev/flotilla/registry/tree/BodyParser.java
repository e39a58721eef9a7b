package dev.flotilla.registry.tree;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.util.ArrayList;
import java.util.List;

/// Reads JSON or YAML into a tree, and tells which fields were given twice; of those the last one
/// counts.
public final class BodyParser {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final YAMLMapper YAML = new YAMLMapper();

    private final List<String> duplicates = new ArrayList<>();

    private BodyParser() {}

    /// What was read.
    ///
    /// @param duplicateFields paths as `spec.template.spec.containers[0].image`
    public record Parsed(JsonNode tree, List<String> duplicateFields) {}

    /// @throws JacksonException if it is no JSON, or more than one value
    public static Parsed json(byte[] body) {
        return parse(JSON, body);
    }

    /// @throws JacksonException if it is no YAML, or more than one document
    public static Parsed yaml(byte[] body) {
        return parse(YAML, body);
    }

    private static Parsed parse(ObjectMapper mapper, byte[] body) {
        try (var parser = mapper.createParser(body)) {
            if (parser.nextToken() == null) {
                throw new StreamReadException(parser, "the body is empty");
            }
            var reader = new BodyParser();
            var tree = reader.value(parser, "");
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "something follows the end of the value");
            }
            return new Parsed(tree, List.copyOf(reader.duplicates));
        }
    }

    private JsonNode value(JsonParser parser, String path) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path);
            case START_ARRAY -> array(parser, path);
            case null, default -> parser.readValueAsTree();
        };
    }

    private JsonNode object(JsonParser parser, String path) {
        var object = Tree.empty();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var field = path.isEmpty() ? name : path + "." + name;
            parser.nextToken();
            if (object.has(name)) {
                duplicates.add(field);
            }
            object.set(name, value(parser, field));
        }
        return object;
    }

    private JsonNode array(JsonParser parser, String path) {
        var array = Tree.list();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, path + "[" + array.size() + "]"));
        }
        return array;
    }
}
