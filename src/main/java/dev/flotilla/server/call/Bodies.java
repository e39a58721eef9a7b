package dev.flotilla.server.call;

import dev.flotilla.registry.tree.BodyParser;
import dev.flotilla.registry.tree.Duplicates;
import dev.flotilla.server.proto.ProtobufBody;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;
import java.util.function.Function;

/// The bodies of requests, whatever they are written in, as JSON trees.
public final class Bodies {
    static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    private final ProtobufBody protobuf = new ProtobufBody();

    /// An object in any syntax.
    ///
    /// @param contentType null is taken as JSON
    /// @throws Refusal 400 if it can't be read, 415 if the syntax is unknown
    ObjectNode object(byte[] body, @Nullable String contentType) {
        return sent(body, contentType).body();
    }

    /// As [#object], with what was given twice.
    Sent<ObjectNode> sent(byte[] body, @Nullable String contentType) {
        var type = MediaType.of(contentType == null ? "application/json" : contentType).name();
        return switch (type) {
            case "application/json", "" -> object(read(BodyParser::json, body));
            case "application/yaml" -> object(read(BodyParser::yaml, body));
            case PROTOBUF -> new Sent<>(protobuf(body), Duplicates.NONE);
            default ->
                    throw Refusal.unsupportedMedia(
                            "application/json, application/yaml, " + PROTOBUF);
        };
    }

    private static Sent<ObjectNode> object(BodyParser.Parsed parsed) {
        if (parsed.tree() instanceof ObjectNode object) {
            return new Sent<>(object, parsed.duplicates());
        }
        throw Refusal.badRequest(
                "the object provided is unrecognized: a JSON object was expected, not "
                        + kindOf(parsed.tree()));
    }

    /// A patch in JSON.
    public Sent<JsonNode> json(byte[] body) {
        var parsed = read(BodyParser::json, body);
        return new Sent<>(parsed.tree(), parsed.duplicates());
    }

    /// What is to be applied, in YAML or in JSON, which is YAML too.
    public Sent<ObjectNode> applied(byte[] body) {
        var parsed = read(BodyParser::yaml, body);
        if (parsed.tree() instanceof ObjectNode object) {
            return new Sent<>(object, parsed.duplicates());
        }
        throw Refusal.badRequest("error decoding YAML: an object was expected");
    }

    private ObjectNode protobuf(byte[] body) {
        try {
            return protobuf.read(body);
        } catch (ProtobufBody.Unreadable e) {
            throw Refusal.badRequest("the object provided is unrecognized: " + e.getMessage());
        }
    }

    private static BodyParser.Parsed read(Function<byte[], BodyParser.Parsed> parser, byte[] body) {
        if (body.length == 0) {
            throw Refusal.badRequest("the object provided is unrecognized: the body is empty");
        }
        try {
            return parser.apply(body);
        } catch (JacksonException e) {
            throw Refusal.badRequest(
                    "the object provided is unrecognized: couldn't parse it: "
                            + plain(e.getOriginalMessage())
                            + where(e));
        } catch (RuntimeException e) {
            // The YAML reader throws some of its own.
            throw Refusal.badRequest(
                    "the object provided is unrecognized: couldn't parse it: "
                            + plain(e.getMessage()));
        }
    }

    /// Without the names of Java's classes, which tell a client nothing.
    private static String plain(@Nullable String message) {
        return String.valueOf(message)
                .replaceAll("\\b[a-z]\\w*(\\.[a-z]\\w*)+\\.[A-Z][\\w$]*(: )?", "");
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
