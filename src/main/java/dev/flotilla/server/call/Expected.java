package dev.flotilla.server.call;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.engine.WrongKind;

import tools.jackson.databind.node.ObjectNode;

/// The kind that a body must be of. A body that says nothing of its kind is taken to be of it.
public record Expected(String group, String version, String kind) {
    public static Expected kindOf(ResourceType type) {
        return new Expected(type.group(), type.version(), type.kind());
    }

    public static Expected of(ResourceType type, Subresource part) {
        return switch (part) {
            case SCALE -> new Expected("autoscaling", "v1", "Scale");
            case NONE, STATUS, FINALIZE, EPHEMERAL_CONTAINERS, RESIZE -> kindOf(type);
        };
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// The body, with its kind.
    ///
    /// @throws Refusal 400 if it is of another
    public ObjectNode in(ObjectNode body) {
        var wanted = apiVersion();
        var givenVersion = said(body, "apiVersion", wanted);
        var givenKind = said(body, "kind", kind);
        WrongKind.check(givenVersion, givenKind, wanted, kind);
        var metadata = body.get("metadata");
        if (metadata != null && !metadata.isObject() && !metadata.isNull()) {
            throw Refusal.badRequest(
                    "%s in version \"%s\" cannot be handled as a %s: metadata must be an object"
                            .formatted(givenKind, version, kind));
        }
        return body;
    }

    private static String said(ObjectNode body, String field, String otherwise) {
        var node = body.get(field);
        if (node != null && !node.isString() && !node.isNull()) {
            throw Refusal.badRequest(
                    "couldn't get version/kind; the field \"%s\" must be a text".formatted(field));
        }
        if (node == null || node.isNull() || node.asString().isEmpty()) {
            body.put(field, otherwise);
            return otherwise;
        }
        return node.asString();
    }
}
