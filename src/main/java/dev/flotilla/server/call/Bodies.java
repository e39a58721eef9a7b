package dev.flotilla.server.call;

import dev.flotilla.registry.tree.BodyParser;
import dev.flotilla.registry.tree.Duplicates;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.server.proto.ProtobufBody;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// The bodies of requests, whatever they are written in, as JSON trees.
public final class Bodies {
    static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    private static final int SHOWN = 30;

    /// What Kubernetes reads the kind of a body into, as its messages tell it.
    private static final String GO_KINDED =
            "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string"
                    + " \"json:\\\"kind,omitempty\\\"\" }";

    private final ProtobufBody protobuf = new ProtobufBody();

    /// An object in any syntax.
    ///
    /// @param contentType null is taken as JSON
    /// @param as what it is taken for, if it says nothing else
    /// @throws Refusal 400 if it can't be read, 415 if the syntax is unknown
    ObjectNode object(byte[] body, @Nullable String contentType, Expected as) {
        return sent(body, contentType, as).body();
    }

    /// As [#object], with what was given twice.
    Sent<ObjectNode> sent(byte[] body, @Nullable String contentType, Expected as) {
        var type = MediaType.of(contentType == null ? "application/json" : contentType).name();
        return switch (type) {
            case "application/json", "" -> object(json(body, as), body, as);
            case "application/yaml" -> object(yaml(body, as), body, as);
            case PROTOBUF -> new Sent<>(protobuf(body, as), Duplicates.NONE);
            default ->
                    throw Refusal.unsupportedMedia(
                            "application/json, application/yaml, " + PROTOBUF);
        };
    }

    private static Sent<ObjectNode> object(BodyParser.Parsed parsed, byte[] body, Expected as) {
        if (parsed.tree() instanceof ObjectNode object) {
            return new Sent<>(object, parsed.duplicates());
        }
        if (parsed.tree().isNull()) {
            return new Sent<>(Tree.empty(), parsed.duplicates());
        }
        throw unrecognized(
                "json: cannot unmarshal %s into Go value of type %s"
                        .formatted(kindOf(parsed.tree()), GO_KINDED),
                body,
                as);
    }

    private static BodyParser.Parsed json(byte[] body, Expected as) {
        try {
            return BodyParser.json(body);
        } catch (JacksonException e) {
            var why = GoJson.error(body);
            throw unrecognized(why.isEmpty() ? plain(e.getOriginalMessage()) : why, body, as);
        }
    }

    private static Refusal unrecognized(String why, byte[] body, Expected as) {
        return Refusal.badRequest(
                "the object provided is unrecognized (must be of type %s): couldn't get version/kind; json parse error: %s (%s)"
                        .formatted(as.kind(), why, summary(body)));
    }

    /// How Kubernetes shows the beginning of a body that it could not read.
    private static String summary(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        var shown = Arrays.copyOf(body, Math.min(body.length, SHOWN));
        var more = body.length > SHOWN ? " ..." : "";
        return (body[0] == '{'
                        ? new String(shown, StandardCharsets.UTF_8)
                        : HexFormat.of().formatHex(shown))
                + more;
    }

    /// A patch in JSON.
    ///
    /// @param strategic whether it is a strategic one
    /// @throws Refusal 400
    public Sent<JsonNode> patch(byte[] body, boolean strategic) {
        try {
            var parsed = BodyParser.json(body);
            return new Sent<>(parsed.tree(), parsed.duplicates());
        } catch (JacksonException e) {
            var why = GoJson.error(body);
            throw Refusal.badRequest(
                    (strategic ? "" : "error decoding patch: ")
                            + (why.isEmpty() ? plain(e.getOriginalMessage()) : why));
        }
    }

    /// What is to be applied, in YAML or in JSON, which is YAML too.
    ///
    /// @throws Refusal 400
    public Sent<ObjectNode> applied(byte[] body) {
        if (body.length == 0) {
            return new Sent<>(Tree.empty(), Duplicates.NONE);
        }
        try {
            var parsed = BodyParser.yaml(body);
            if (parsed.tree() instanceof ObjectNode object) {
                return new Sent<>(object, parsed.duplicates());
            }
            throw Refusal.badRequest(
                    "error decoding YAML: error unmarshaling JSON: while decoding JSON: json:"
                            + " cannot unmarshal %s into Go value of type map[string]interface {}"
                                    .formatted(kindOf(parsed.tree())));
        } catch (Refusal e) {
            throw e;
        } catch (RuntimeException e) {
            // Jackson's own, and some of the YAML reader's.
            throw Refusal.badRequest(
                    "error decoding YAML: error converting YAML to JSON: " + GoYaml.error(e));
        }
    }

    private ObjectNode protobuf(byte[] body, Expected as) {
        try {
            return protobuf.read(body, as.apiVersion(), as.kind());
        } catch (ProtobufBody.Unreadable e) {
            throw Refusal.badRequest("the object provided is unrecognized: " + e.getMessage());
        }
    }

    private static BodyParser.Parsed yaml(byte[] body, Expected as) {
        try {
            return BodyParser.yaml(body);
        } catch (RuntimeException e) {
            // Jackson's own, and some of the YAML reader's.
            throw Refusal.badRequest(
                    "the object provided is unrecognized (must be of type %s): %s (%s)"
                            .formatted(as.kind(), GoYaml.error(e), summary(body)));
        }
    }

    /// Without the names of Java's classes, which tell a client nothing.
    private static String plain(@Nullable String message) {
        return String.valueOf(message)
                .replaceAll("\\b[a-z]\\w*(\\.[a-z]\\w*)+\\.[A-Z][\\w$]*(: )?", "");
    }

    private static String kindOf(JsonNode tree) {
        return switch (tree.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "bool";
            case NUMBER -> "number";
            case BINARY, MISSING, NULL, OBJECT, POJO, STRING -> "string";
        };
    }
}
