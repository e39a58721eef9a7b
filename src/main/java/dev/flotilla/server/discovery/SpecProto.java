package dev.flotilla.server.discovery;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Writes an OpenAPI v2 document as the protobuf message `openapi.v2.Document`, which is all that
/// kubectl reads of v2. Of its paths only what a PATCH may ask for is kept: older kubectls look
/// there whether a kind can be tried with `dryRun`.
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
        document.message(8, paths -> paths.paths(v2.path("paths")));
        document.message(9, all -> all.named(1, v2.path("definitions"), SpecProto::schema));
        return document.out.toByteArray();
    }

    private void paths(JsonNode paths) {
        for (var path : paths.properties()) {
            var patch = path.getValue().path("patch");
            if (patch.isObject()) {
                message(
                        2,
                        named -> {
                            named.text(1, path.getKey());
                            named.message(2, item -> item.message(8, o -> o.operation(patch)));
                        });
            }
        }
    }

    private void operation(JsonNode operation) {
        for (var parameter : operation.path("parameters")) {
            if (parameter.path("in").asString("").equals("query")) {
                message(8, item -> item.message(1, p -> p.message(2, n -> n.query(parameter))));
            }
        }
        extensions(13, operation);
    }

    private void query(JsonNode parameter) {
        message(
                3,
                query -> {
                    query.text(2, "query");
                    query.text(4, parameter.path("name"));
                    query.text(6, parameter.path("type"));
                });
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
        out.extensions(31, schema);
    }

    private void extensions(int number, JsonNode of) {
        for (var field : of.properties()) {
            if (field.getKey().startsWith("x-")) {
                message(number, named -> extension(named, field.getKey(), field.getValue()));
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
