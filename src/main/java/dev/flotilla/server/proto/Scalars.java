package dev.flotilla.server.proto;

import com.google.protobuf.Message;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Messages that JSON writes as one value.
final class Scalars {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Scalars() {}

    /// RFC 3339; null for the time that was never set, an empty message.
    static JsonNode time(Message m, int decimals) {
        if (m.getAllFields().isEmpty()) {
            return JSON.nullNode();
        }
        try {
            var time = Instant.ofEpochSecond(number(m, "seconds"), number(m, "nanos"));
            return JSON.stringNode((decimals == 0 ? SECONDS : MICROS).format(time));
        } catch (DateTimeException | ArithmeticException e) {
            return JSON.nullNode();
        }
    }

    /// Go's text form, such as `1m30s`, in its simplest spelling: seconds with a fraction.
    static JsonNode duration(Message m) {
        var d = Duration.ofNanos(number(m, "duration"));
        var seconds = BigDecimal.valueOf(d.toNanos(), 9).stripTrailingZeros().toPlainString();
        return JSON.stringNode(seconds + "s");
    }

    static JsonNode quantity(Message m) {
        var text = text(m, "string");
        return JSON.stringNode(text.isEmpty() ? "0" : text);
    }

    static JsonNode intOrString(Message m) {
        return number(m, "type") == 0
                ? JSON.numberNode((int) number(m, "intVal"))
                : JSON.stringNode(text(m, "strVal"));
    }

    private static long number(Message m, String field) {
        return ((Number) m.getField(m.getDescriptorForType().findFieldByName(field))).longValue();
    }

    private static String text(Message m, String field) {
        return (String) m.getField(m.getDescriptorForType().findFieldByName(field));
    }
}
