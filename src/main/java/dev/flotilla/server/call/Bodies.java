package dev.flotilla.server.call;

import dev.flotilla.server.proto.ProtobufBody;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.util.Locale;

/// The bodies of requests, whatever they are written in, as JSON trees.
public final class Bodies {
    static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();
    private static final YAMLMapper YAML = new YAMLMapper();

    private final ProtobufBody protobuf = new ProtobufBody();

    /// An object in any syntax.
    ///
    /// @param contentType null is taken as JSON
    /// @throws Refusal 400 if it can't be read, 415 if the syntax is unknown
    ObjectNode object(byte[] body, @Nullable String contentType) {
        var type = MediaType.of(contentType == null ? "application/json" : contentType).name();
        var tree =
                switch (type) {
                    case "application/json", "" -> read(JSON, body);
                    case "application/yaml" -> read(YAML, body);
                    case PROTOBUF -> protobuf(body);
                    default ->
                            throw Refusal.unsupportedMedia(
                                    "application/json, application/yaml, " + PROTOBUF);
                };
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.badRequest(
                "the object provided is unrecognized: a JSON object was expected, not "
                        + kindOf(tree));
    }

    /// A patch in JSON.
    public JsonNode json(byte[] body) {
        return read(JSON, body);
    }

    private ObjectNode protobuf(byte[] body) {
        try {
            return protobuf.read(body);
        } catch (ProtobufBody.Unreadable e) {
            throw Refusal.badRequest("the object provided is unrecognized: " + e.getMessage());
        }
    }

    private static JsonNode read(ObjectMapper mapper, byte[] body) {
        if (body.length == 0) {
            throw Refusal.badRequest("the object provided is unrecognized: the body is empty");
        }
        try {
            var tree = mapper.readTree(body);
            return tree == null ? mapper.nullNode() : tree;
        } catch (JacksonException e) {
            throw Refusal.badRequest(
                    "the object provided is unrecognized: couldn't parse it: "
                            + e.getOriginalMessage()
                            + where(e));
        } catch (RuntimeException e) {
            // The YAML reader throws some of its own.
            throw Refusal.badRequest(
                    "the object provided is unrecognized: couldn't parse it: " + e.getMessage());
        }
    }

    private static String where(JacksonException e) {
        var at = e.getLocation();
        return at == null || at.getLineNr() < 1
                ? ""
                : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }

    private static String kindOf(JsonNode tree) {
        return tree.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
