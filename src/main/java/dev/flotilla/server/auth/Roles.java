package dev.flotilla.server.auth;

import dev.flotilla.registry.ListQuery;
import dev.flotilla.registry.Registry;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.Stream;

/// What roles and their bindings allow, as they are kept at the moment of the question.
///
/// Roles themselves are changed by administrators alone: nobody can give himself more than he has.
final class Roles {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String ALL = "*";

    private final Registry registry;

    Roles(Registry registry) {
        this.registry = registry;
    }

    boolean allow(Identity who, Asked asked) {
        if (asked.group().equals(GROUP) && asked.isWrite()) {
            return false;
        }
        return bindings(who, asked).anyMatch(b -> role(b).anyMatch(rule -> allows(rule, asked)));
    }

    /// Those that name him, everywhere or where he asks.
    private Stream<ObjectNode> bindings(Identity who, Asked asked) {
        var anywhere = list("clusterrolebindings", "");
        var here =
                asked.namespace().isEmpty()
                        ? Stream.<ObjectNode>empty()
                        : list("rolebindings", asked.namespace());
        return Stream.concat(anywhere, here).filter(b -> names(b, who));
    }

    private static boolean names(ObjectNode binding, Identity who) {
        var home = text(binding.path("metadata"), "namespace");
        return binding.path("subjects").valueStream().anyMatch(s -> is(s, home, who));
    }

    private static boolean is(JsonNode subject, String home, Identity who) {
        var name = text(subject, "name");
        var namespace = text(subject, "namespace");
        return switch (text(subject, "kind")) {
            case "User" -> name.equals(who.user());
            case "Group" -> who.groups().contains(name);
            case "ServiceAccount" ->
                    who.user()
                            .equals(
                                    "system:serviceaccount:%s:%s"
                                            .formatted(
                                                    namespace.isEmpty() ? home : namespace, name));
            default -> false;
        };
    }

    /// The rules of the role that is bound; none if it is not there.
    private Stream<JsonNode> role(ObjectNode binding) {
        var ref = binding.path("roleRef");
        var name = text(ref, "name");
        var roles =
                text(ref, "kind").equals("Role")
                        ? list("roles", text(binding.path("metadata"), "namespace"))
                        : list("clusterroles", "");
        return roles.filter(r -> text(r.path("metadata"), "name").equals(name))
                .flatMap(r -> r.path("rules").valueStream());
    }

    private static boolean allows(JsonNode rule, Asked asked) {
        if (!has(rule, "verbs", asked.verb())) {
            return false;
        }
        if (!asked.ofObjects()) {
            return texts(rule, "nonResourceURLs").anyMatch(p -> covers(p, asked.path()));
        }
        return has(rule, "apiGroups", asked.group())
                && texts(rule, "resources").anyMatch(r -> covers(r, asked))
                && (rule.path("resourceNames").isEmpty()
                        || texts(rule, "resourceNames").anyMatch(asked.name()::equals));
    }

    private static boolean covers(String resource, Asked asked) {
        var part = asked.subresource();
        return resource.equals(ALL)
                || resource.equals(
                        part.isEmpty() ? asked.resource() : asked.resource() + "/" + part)
                || (!part.isEmpty() && resource.equals(ALL + "/" + part));
    }

    private static boolean covers(String pattern, String path) {
        return pattern.endsWith(ALL)
                ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(path);
    }

    private static boolean has(JsonNode rule, String list, String wanted) {
        return texts(rule, list).anyMatch(t -> t.equals(ALL) || t.equals(wanted));
    }

    private Stream<ObjectNode> list(String plural, String namespace) {
        var type = registry.type(GROUP, "v1", plural).orElseThrow();
        return List.copyOf(registry.list(type, namespace, ListQuery.ALL).items()).stream();
    }

    private static Stream<String> texts(JsonNode tree, String list) {
        return tree.path(list).valueStream().map(t -> t.asString(""));
    }

    private static String text(JsonNode tree, String field) {
        return tree.path(field).asString("");
    }
}
