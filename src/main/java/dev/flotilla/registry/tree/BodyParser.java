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
import tools.jackson.dataformat.yaml.YAMLParser;

import java.util.ArrayList;
import java.util.List;

/// Reads JSON or YAML into a tree, and tells which fields were given twice; of those the last one
/// counts, and stands where it was repeated.
public final class BodyParser {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final int MOST_DUPLICATES = 100;

    private final List<String> fields = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Anchors anchors = new Anchors();

    private BodyParser() {}

    /// What was read.
    public record Parsed(JsonNode tree, Duplicates duplicates) {}

    /// @throws JacksonException if it is no JSON, or more than one value
    public static Parsed json(byte[] body) {
        var reader = new BodyParser();
        var tree = reader.parse(JSON, body);
        return new Parsed(tree, new Duplicates(reader.fields, List.of()));
    }

    /// @throws JacksonException if it is no YAML, or more than one document
    public static Parsed yaml(byte[] body) {
        var reader = new BodyParser();
        var tree = reader.parse(YAML, body);
        return new Parsed(tree, new Duplicates(List.of(), reader.lines));
    }

    private JsonNode parse(ObjectMapper mapper, byte[] body) {
        try (var parser = mapper.createParser(body)) {
            if (parser.nextToken() == null) {
                throw new StreamReadException(parser, "the body is empty");
            }
            var tree = value(parser, "");
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "something follows the end of the value");
            }
            return tree;
        }
    }

    private JsonNode value(JsonParser parser, String path) {
        if (anchors.isAlias(parser)) {
            return anchors.named(parser);
        }
        var name = anchors.name(parser);
        var value = ofItsOwn(parser, path);
        anchors.keep(name, value);
        return value;
    }

    private JsonNode ofItsOwn(JsonParser parser, String path) {
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
            if (object.remove(name) != null) {
                repeated(parser, name, field);
            }
            parser.nextToken();
            object.set(name, value(parser, field));
        }
        if (parser instanceof YAMLParser) {
            Anchors.merge(object);
        }
        return object;
    }

    private void repeated(JsonParser parser, String name, String field) {
        if (fields.size() < MOST_DUPLICATES) {
            fields.add(field);
            var line = parser.currentTokenLocation().getLineNr();
            lines.add("line %d: key \"%s\" already set in map".formatted(line, name));
        }
    }

    private JsonNode array(JsonParser parser, String path) {
        var array = Tree.list();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, path + "[" + array.size() + "]"));
        }
        return array;
    }
}
