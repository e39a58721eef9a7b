package dev.flotilla.server.proto;

import dev.flotilla.server.proto.Field.Content;
import dev.flotilla.server.proto.ProtobufBody.Unreadable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Single values, and the messages that JSON writes as one.
final class Scalars {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Scalars() {}

    static int wireType(Content type) {
        return switch (type) {
            case Content.Bool _, Content.Whole _ -> Wire.VARINT;
            case Content.Real _ -> Wire.FIXED64;
            case Content.Text _, Content.Bytes _, Content.Nested _ -> Wire.BYTES;
        };
    }

    /// Whether a plain field has this value when nothing was said. A message says something by
    /// being there, except for a port of no number and no name.
    static boolean isZero(Content type, JsonNode value) {
        return switch (type) {
            case Content.Text _, Content.Bytes _ -> value.asString().isEmpty();
            case Content.Bool _ -> !value.asBoolean();
            case Content.Whole _, Content.Real _ -> value.asDouble() == 0;
            case Content.Nested(var name) ->
                    name.equals("intstr.IntOrString") && value.asString().matches("0?");
        };
    }

    /// As a reader of JSON would have it, so that trees can be compared.
    static JsonNode whole(long value) {
        return value == (int) value ? JSON.numberNode((int) value) : JSON.numberNode(value);
    }

    /// JSON text within a message; null when there is none.
    static Optional<JsonNode> rawJson(String message, Wire wire) throws Unreadable {
        if (!message.equals("meta.FieldsV1") && !message.equals("runtime.RawExtension")) {
            return Optional.empty();
        }
        JsonNode json = JSON.nullNode();
        while (wire.more()) {
            if (wire.tag() != ((1 << 3) | Wire.BYTES)) {
                throw new Unreadable("proto: " + message + " holds something else than JSON");
            }
            json = read(wire.part().bytes());
        }
        return Optional.of(json);
    }

    /// @param tree the message's fields
    static JsonNode ofMessage(String message, ObjectNode tree) {
        return switch (message) {
            case "meta.Time" -> time(tree, SECONDS);
            case "meta.MicroTime" -> time(tree, MICROS);
            case "meta.Duration" -> duration(tree.path("duration").asLong(0));
            case "resource.Quantity" -> JSON.stringNode(quantity(tree));
            case "intstr.IntOrString" ->
                    tree.path("type").asLong(0) == 0
                            ? JSON.numberNode((int) tree.path("intVal").asLong(0))
                            : JSON.stringNode(tree.path("strVal").asString(""));
            case "authentication.k8s.io/v1.ExtraValue", "authorization.k8s.io/v1.ExtraValue" ->
                    tree.withArray("items");
            default -> tree;
        };
    }

    /// RFC 3339; null for the time that was never set, an empty message.
    private static JsonNode time(ObjectNode tree, DateTimeFormatter form) {
        if (tree.isEmpty()) {
            return JSON.nullNode();
        }
        try {
            var time =
                    Instant.ofEpochSecond(
                            tree.path("seconds").asLong(0), tree.path("nanos").asLong(0));
            return JSON.stringNode(form.format(time));
        } catch (DateTimeException | ArithmeticException e) {
            return JSON.nullNode();
        }
    }

    /// Go's text form, such as `1m30s`, in its simplest spelling: seconds with a fraction.
    private static JsonNode duration(long nanos) {
        var seconds = BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
        return JSON.stringNode(seconds + "s");
    }

    private static String quantity(ObjectNode tree) {
        var text = tree.path("string").asString("");
        return text.isEmpty() ? "0" : text;
    }

    private static JsonNode read(byte[] json) throws Unreadable {
        if (json.length == 0) {
            return JSON.nullNode();
        }
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            throw new Unreadable("the JSON within is damaged: " + e.getOriginalMessage());
        }
    }
}
