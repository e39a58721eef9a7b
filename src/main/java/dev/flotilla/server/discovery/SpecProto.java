package dev.flotilla.server.discovery;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Writes an OpenAPI v2 document as the protobuf message `openapi.v2.Document`, which is all that
/// kubectl reads of v2. Its paths are left out, since only definitions are looked up in it.
///
/// The numbers of the fields are those of `OpenAPIv2.proto` of gnostic.
final class SpecProto {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static byte[] document(JsonNode v2) {
        var document = new SpecProto();
        document.text(1, v2.path("swagger"));
        document.message(
                2,
                info -> {
                    info.text(1, v2.path("info").path("title"));
                    info.text(2, v2.path("info").path("version"));
                });
        document.message(8, _ -> {});
        document.message(9, all -> all.named(1, v2.path("definitions"), SpecProto::schema));
        return document.out.toByteArray();
    }

    private static void schema(SpecProto out, JsonNode schema) {
        out.text(1, schema.path("$ref"));
        out.text(2, schema.path("format"));
        out.text(4, schema.path("description"));
        schema.path("required").forEach(r -> out.text(19, r));
        var additional = schema.path("additionalProperties");
        if (additional.isObject()) {
            out.message(21, item -> item.message(1, s -> schema(s, additional)));
        }
        if (schema.path("type").isString()) {
            out.message(22, type -> type.text(1, schema.path("type")));
        }
        var items = schema.path("items");
        if (items.isObject()) {
            out.message(23, list -> list.message(1, s -> schema(s, items)));
        }
        var properties = schema.path("properties");
        if (properties.isObject()) {
            out.message(25, all -> all.named(1, properties, SpecProto::schema));
        }
        for (var field : schema.properties()) {
            if (field.getKey().startsWith("x-")) {
                out.message(31, named -> extension(named, field.getKey(), field.getValue()));
            }
        }
    }

    /// JSON is YAML.
    private static void extension(SpecProto out, String name, JsonNode value) {
        out.text(1, name);
        out.message(2, any -> any.text(2, JsonMapper.shared().writeValueAsString(value)));
    }

    private interface Write {
        void to(SpecProto out, JsonNode value);
    }

    private void named(int field, JsonNode object, Write write) {
        for (var entry : object.properties()) {
            message(
                    field,
                    pair -> {
                        pair.text(1, entry.getKey());
                        pair.message(2, value -> write.to(value, entry.getValue()));
                    });
        }
    }

    private void text(int field, JsonNode value) {
        if (value.isString()) {
            text(field, value.stringValue());
        }
    }

    private void text(int field, String value) {
        bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private void message(int field, Consumer<SpecProto> content) {
        var inner = new SpecProto();
        content.accept(inner);
        bytes(field, inner.out.toByteArray());
    }

    private void bytes(int field, byte[] value) {
        varint((field << 3) | 2);
        varint(value.length);
        out.writeBytes(value);
    }

    private void varint(int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
