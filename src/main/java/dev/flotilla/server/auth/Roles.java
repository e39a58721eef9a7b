package dev.flotilla.server.auth;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Subresource;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What roles and their bindings allow, as they are kept at the moment of the question.
final class Roles {
    static final String GROUP = "rbac.authorization.k8s.io";

    private final Registry registry;

    Roles(Registry registry) {
        this.registry = registry;
    }

    /// A binding that names someone, and which of its subjects does.
    private record Bound(ObjectNode binding, JsonNode subject) {}

    /// Why it is allowed, as Kubernetes tells it; empty if it is not.
    Optional<String> why(Identity who, Asked asked) {
        for (var bound : bindings(who, asked.namespace())) {
            if (rules(bound.binding).stream().anyMatch(r -> Grants.allows(r, asked))) {
                return Optional.of("RBAC: allowed by " + told(bound));
            }
        }
        return Optional.empty();
    }

    /// Every rule that someone has, everywhere first.
    ///
    /// @param namespace empty for those that hold everywhere
    List<JsonNode> rules(Identity who, String namespace) {
        return bindings(who, namespace).stream().flatMap(b -> rules(b.binding).stream()).toList();
    }

    /// The rules of the role that is bound.
    ///
    /// @throws ApiFailure 404 if it is not there
    List<JsonNode> bound(ObjectNode binding) {
        var ref = binding.path("roleRef");
        var here = text(ref, "kind").equals("Role");
        var namespace = here ? text(binding.path("metadata"), "namespace") : "";
        var type = type(here ? "roles" : "clusterroles");
        var key = new ObjectKey(namespace, text(ref, "name"));
        return registry.get(type, key, Subresource.NONE).path("rules").valueStream().toList();
    }

    private List<JsonNode> rules(ObjectNode binding) {
        try {
            return bound(binding);
        } catch (ApiFailure e) {
            if (e.code() == 404) {
                return List.of();
            }
            throw e;
        }
    }

    private List<Bound> bindings(Identity who, String namespace) {
        var found = new ArrayList<Bound>();
        var all = new ArrayList<>(list("clusterrolebindings", ""));
        if (!namespace.isEmpty()) {
            all.addAll(list("rolebindings", namespace));
        }
        for (var binding : all) {
            var home = text(binding.path("metadata"), "namespace");
            binding.path("subjects")
                    .valueStream()
                    .filter(s -> is(s, home, who))
                    .findFirst()
                    .ifPresent(s -> found.add(new Bound(binding, s)));
        }
        return found;
    }

    private static boolean is(JsonNode subject, String home, Identity who) {
        var name = text(subject, "name");
        return switch (text(subject, "kind")) {
            case "User" -> name.equals(who.user());
            case "Group" -> who.groups().contains(name);
            case "ServiceAccount" -> {
                var namespace = text(subject, "namespace");
                var account = new ObjectKey(namespace.isEmpty() ? home : namespace, name);
                yield who.user().equals(Identity.account(account, "").user());
            }
            default -> false;
        };
    }

    private static String told(Bound bound) {
        var metadata = bound.binding.path("metadata");
        var home = text(metadata, "namespace");
        var ref = bound.binding.path("roleRef");
        var kind = text(bound.subject, "kind");
        var name = text(bound.subject, "name");
        if (kind.equals("ServiceAccount")) {
            var namespace = text(bound.subject, "namespace");
            name += "/" + (namespace.isEmpty() ? home : namespace);
        }
        return "%s \"%s\" of %s \"%s\" to %s \"%s\""
                .formatted(
                        home.isEmpty() ? "ClusterRoleBinding" : "RoleBinding",
                        text(metadata, "name") + (home.isEmpty() ? "" : "/" + home),
                        text(ref, "kind"),
                        text(ref, "name"),
                        kind,
                        name);
    }

    private List<ObjectNode> list(String plural, String namespace) {
        return registry.look(type(plural), namespace);
    }

    private ResourceType type(String plural) {
        return registry.type(GROUP, "v1", plural).orElseThrow();
    }

    static String text(JsonNode tree, String field) {
        return tree.path(field).asString("");
    }
}
