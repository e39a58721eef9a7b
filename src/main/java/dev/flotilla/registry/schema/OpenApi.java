package dev.flotilla.registry.schema;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The OpenAPI v3 document of each group version.
public final class OpenApi {
    private final Models models;
    private final Descriptions descriptions = Descriptions.read();

    public OpenApi(Models models) {
        this.models = models;
    }

    /// One document of v2 for all that these of v3 are about.
    public static ObjectNode v2(List<ObjectNode> documents) {
        return OpenApiV2.of(documents);
    }

    /// @param types of that group version
    public ObjectNode document(List<ResourceType> types) {
        var document = Tree.empty().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Flotilla").put("version", "v1");
        var components = new Components(models, descriptions);
        var paths = Tree.empty();
        for (var type : types) {
            components.addKind(type);
            new Paths(type).addTo(paths);
        }
        document.set("paths", paths);
        document.putObject("components").set("schemas", components.toJson());
        return document;
    }
}
