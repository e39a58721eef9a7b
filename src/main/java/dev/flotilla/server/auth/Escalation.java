package dev.flotilla.server.auth;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Nobody gives others, or himself, more than he has: neither by what a role allows, unless he may
/// `escalate` it, nor by whom it is bound to, unless he may `bind` it.
public final class Escalation {
    private static final List<String> FIELDS =
            List.of("apiGroups", "resources", "nonResourceURLs", "resourceNames", "verbs");

    private final Rights rights;

    public Escalation(Rights rights) {
        this.rights = rights;
    }

    /// What looks at an object of this type before this person's write of it.
    public Consumer<ObjectNode> judge(Identity who, ResourceType type) {
        if (!type.group().equals(Roles.GROUP) || who.mayDoEverything()) {
            return _ -> {};
        }
        return type.plural().endsWith("bindings")
                ? object -> checkBinding(who, type, object)
                : object -> checkRole(who, type, object);
    }

    private void checkRole(Identity who, ResourceType type, ObjectNode role) {
        var namespace = Roles.text(role.path("metadata"), "namespace");
        var name = Roles.text(role.path("metadata"), "name");
        if (may(who, "escalate", namespace, type.plural(), name)) {
            return;
        }
        var wanted = new ArrayList<>(role.path("rules").valueStream().toList());
        if (role.path("aggregationRule").isObject()) {
            wanted.addAll(everything());
        }
        check(who, type, namespace, name, wanted);
    }

    private void checkBinding(Identity who, ResourceType type, ObjectNode binding) {
        var namespace = Roles.text(binding.path("metadata"), "namespace");
        var ref = binding.path("roleRef");
        var plural = Roles.text(ref, "kind").equals("Role") ? "roles" : "clusterroles";
        if (may(who, "bind", namespace, plural, Roles.text(ref, "name"))) {
            return;
        }
        var name = Roles.text(binding.path("metadata"), "name");
        check(who, type, namespace, name, rights.roles().bound(binding));
    }

    private boolean may(Identity who, String verb, String namespace, String plural, String name) {
        return rights.may(who, new Asked(verb, "", Roles.GROUP, "v1", namespace, plural, "", name));
    }

    private void check(
            Identity who, ResourceType type, String namespace, String name, List<JsonNode> wanted) {
        var lacking = rights.lacking(who, namespace, wanted);
        if (lacking.isEmpty()) {
            return;
        }
        throw ApiFailure.forbidden(
                type,
                name,
                "user \"%s\" (groups=%s) is attempting to grant RBAC permissions not currently held:\n%s"
                        .formatted(who.user(), quoted(who.groups()), told(lacking)));
    }

    private static List<JsonNode> everything() {
        var json = JsonMapper.shared();
        var kinds = json.createObjectNode();
        List.of("apiGroups", "resources", "verbs").forEach(f -> kinds.putArray(f).add("*"));
        var paths = json.createObjectNode();
        List.of("nonResourceURLs", "verbs").forEach(f -> paths.putArray(f).add("*"));
        return List.of(kinds, paths);
    }

    /// A line each, those that differ in their verbs alone put together.
    private static String told(List<JsonNode> lacking) {
        var lines = new LinkedHashMap<JsonNode, ObjectNode>();
        for (var rule : lacking) {
            var rest = ((ObjectNode) rule).deepCopy();
            rest.remove("verbs");
            var line = lines.computeIfAbsent(rest, _ -> rest.deepCopy());
            Grants.texts(rule, "verbs").forEach(line.withArray("verbs")::add);
        }
        return lines.values().stream()
                .map(Escalation::line)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining("\n"));
    }

    private static String line(JsonNode rule) {
        return FIELDS.stream()
                .filter(f -> !rule.path(f).isEmpty())
                .map(f -> title(f) + ":" + quoted(Grants.texts(rule, f).toList()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String title(String field) {
        return field.equals("apiGroups")
                ? "APIGroups"
                : Character.toUpperCase(field.charAt(0)) + field.substring(1);
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(t -> '"' + t + '"').collect(Collectors.joining(" ", "[", "]"));
    }
}
