package dev.flotilla.registry.schema;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The OpenAPI v3 document of one group version.
public final class OpenApi {
    private OpenApi() {}

    /// @param types of that group version
    public static ObjectNode document(Models models, List<ResourceType> types) {
        var document = Tree.empty().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Flotilla").put("version", "v1");
        var components = new Components(models);
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
