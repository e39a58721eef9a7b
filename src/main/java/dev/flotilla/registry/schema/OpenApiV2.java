package dev.flotilla.registry.schema;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The one OpenAPI v2 document of all kinds, made of the v3 documents of the group versions.
final class OpenApiV2 {
    private static final String SCHEMAS = "#/components/schemas/";

    private final ObjectNode paths = Tree.empty();
    private final ObjectNode definitions = Tree.empty();

    private OpenApiV2() {}

    static ObjectNode of(List<ObjectNode> documents) {
        var all = new OpenApiV2();
        documents.forEach(all::add);
        var document = Tree.empty().put("swagger", "2.0");
        document.putObject("info").put("title", "Flotilla").put("version", "v1");
        document.set("paths", all.paths);
        document.set("definitions", all.definitions);
        return document;
    }

    private void add(ObjectNode v3) {
        for (var schema : v3.path("components").path("schemas").properties()) {
            definitions.set(schema.getKey(), schema(schema.getValue()));
        }
        for (var path : v3.path("paths").properties()) {
            var item = Tree.empty();
            for (var part : path.getValue().properties()) {
                item.set(
                        part.getKey(),
                        part.getKey().equals("parameters")
                                ? parameters(part.getValue())
                                : operation((ObjectNode) part.getValue()));
            }
            paths.set(path.getKey(), item);
        }
    }

    private static ObjectNode operation(ObjectNode v3) {
        var operation = Tree.empty();
        for (var field : v3.properties()) {
            switch (field.getKey()) {
                case "parameters", "requestBody", "responses" -> {}
                default -> operation.set(field.getKey(), field.getValue());
            }
        }
        var parameters = parameters(v3.path("parameters"));
        var body = v3.path("requestBody").path("content");
        if (!body.isEmpty()) {
            body.propertyNames().forEach(operation.putArray("consumes")::add);
            parameters
                    .addObject()
                    .put("name", "body")
                    .put("in", "body")
                    .put("required", true)
                    .set("schema", schema(body.iterator().next().path("schema")));
        }
        operation.set("parameters", parameters);
        var responses = operation.putObject("responses");
        for (var response : v3.path("responses").properties()) {
            var said = responses.putObject(response.getKey());
            said.set("description", response.getValue().path("description"));
            var content = response.getValue().path("content");
            if (!content.isEmpty()) {
                said.set("schema", schema(content.iterator().next().path("schema")));
            }
        }
        return operation;
    }

    private static ArrayNode parameters(JsonNode v3) {
        var parameters = Tree.list();
        for (var parameter : v3) {
            var flat = Tree.empty();
            parameter.properties().stream()
                    .filter(f -> !f.getKey().equals("schema"))
                    .forEach(f -> flat.set(f.getKey(), f.getValue()));
            flat.setAll((ObjectNode) parameter.path("schema"));
            parameters.add(flat);
        }
        return parameters;
    }

    /// A reference stands alone, there are no alternatives, and no defaults.
    private static ObjectNode schema(JsonNode v3) {
        var schema = Tree.empty();
        for (var field : v3.properties()) {
            var value = field.getValue();
            switch (field.getKey()) {
                case "allOf" -> schema.setAll(schema(value.get(0)));
                case "$ref" ->
                        schema.put("$ref", value.stringValue().replace(SCHEMAS, "#/definitions/"));
                case "oneOf" -> schema.put("type", "string");
                case "default" -> {}
                case "items", "additionalProperties" -> schema.set(field.getKey(), schema(value));
                case "properties" -> {
                    var properties = schema.putObject("properties");
                    value.properties()
                            .forEach(p -> properties.set(p.getKey(), schema(p.getValue())));
                }
                default -> schema.set(field.getKey(), value);
            }
        }
        return schema;
    }
}
