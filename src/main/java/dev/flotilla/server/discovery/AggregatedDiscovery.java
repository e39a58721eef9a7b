package dev.flotilla.server.discovery;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Collection;

/// Every kind of many groups in one answer, as clients since 1.26 prefer it.
final class AggregatedDiscovery {
    private static final String GROUP = "apidiscovery.k8s.io";
    private static final String MEDIA_TYPE =
            "application/json;g=" + GROUP + ";v=v2;as=APIGroupDiscoveryList";

    private final Discovery discovery;

    AggregatedDiscovery(Discovery discovery) {
        this.discovery = discovery;
    }

    /// Whether the first type the client accepts and we have is this one.
    static boolean isWanted(Call call) {
        for (var type : call.accepted()) {
            var json = type.name().equals("application/json");
            if ((json && type.parameter("as").isEmpty()) || type.name().equals("*/*")) {
                return false;
            }
            if (json
                    && type.parameter("as").equals("APIGroupDiscoveryList")
                    && type.parameter("g").equals(GROUP)
                    && type.parameter("v").equals("v2")) {
                return true;
            }
        }
        return false;
    }

    void answer(Call call, Collection<String> groups) throws IOException {
        var body = JsonMapper.shared().createObjectNode();
        body.put("kind", "APIGroupDiscoveryList").put("apiVersion", GROUP + "/v2");
        body.putObject("metadata");
        var items = body.putArray("items");
        groups.forEach(g -> group(items.addObject(), g));
        Answer.tagged(call, MEDIA_TYPE, Answer.json(body, false));
    }

    private void group(ObjectNode node, String name) {
        var metadata = node.putObject("metadata");
        if (!name.isEmpty()) {
            metadata.put("name", name);
        }
        metadata.putNull("creationTimestamp");
        var versions = node.putArray("versions");
        discovery
                .versions(name)
                .forEach(
                        (version, kinds) -> {
                            var v = versions.addObject().put("version", version);
                            var resources = v.putArray("resources");
                            kinds.forEach(k -> resource(resources.addObject(), k));
                            v.put("freshness", "Current");
                        });
    }

    private static void resource(ObjectNode node, Discovery.Kind kind) {
        ResourceType type = kind.type();
        node.put("resource", type.plural());
        responseKind(node, type.group(), type.version(), type.kind());
        node.put("scope", type.namespaced() ? "Namespaced" : "Cluster");
        node.put("singularResource", type.singular());
        Discovery.texts(node.putArray("verbs"), Discovery.sorted(type.verbs()));
        if (!type.shortNames().isEmpty()) {
            Discovery.texts(node.putArray("shortNames"), type.shortNames());
        }
        if (!type.categories().isEmpty()) {
            Discovery.texts(node.putArray("categories"), type.categories());
        }
        var parts = kind.parts();
        if (!parts.isEmpty()) {
            var array = node.putArray("subresources");
            for (var part : parts) {
                var p = array.addObject().put("subresource", part.name());
                responseKind(p, part.group(), part.version(), part.kind());
                Discovery.texts(p.putArray("verbs"), part.verbs());
            }
        }
    }

    private static void responseKind(ObjectNode node, String group, String version, String kind) {
        node.putObject("responseKind")
                .put("group", group)
                .put("version", version)
                .put("kind", kind);
    }
}
