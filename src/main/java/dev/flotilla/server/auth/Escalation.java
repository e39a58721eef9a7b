package dev.flotilla.server.auth;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.WriteOptions;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Nobody gives others, or himself, more than he has: neither by what a role allows, unless he may
/// `escalate` it, nor by whom it is bound to, unless he may `bind` it.
public final class Escalation {
    private static final List<String> FIELDS =
            List.of("apiGroups", "resources", "nonResourceURLs", "resourceNames", "verbs");

    private static final List<String> COLLECTED =
            List.of("finalizers", "ownerReferences", "managedFields", "resourceVersion");

    private final Rights rights;

    public Escalation(Rights rights) {
        this.rights = rights;
    }

    /// What looks at an object of this type before this person's write of it.
    public WriteOptions.Approval judge(Identity who, ResourceType type) {
        if (!type.group().equals(Roles.GROUP) || who.mayDoEverything()) {
            return (_, _) -> {};
        }
        return (before, next) -> {
            if (before != null && grants(before).equals(grants(next))) {
                return;
            }
            if (type.plural().endsWith("bindings")) {
                checkBinding(who, type, next);
            } else {
                checkRole(who, type, before, next);
            }
        };
    }

    /// Without that by which objects are collected: who lets go of a role gives nothing to anyone.
    private static ObjectNode grants(ObjectNode object) {
        var rest = object.deepCopy();
        if (rest.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(COLLECTED);
        }
        return rest;
    }

    private void checkRole(
            Identity who, ResourceType type, @Nullable ObjectNode before, ObjectNode role) {
        var namespace = Roles.text(role.path("metadata"), "namespace");
        var name = Roles.text(role.path("metadata"), "name");
        if (may(who, "escalate", namespace, type.plural(), name)) {
            return;
        }
        var wanted = new ArrayList<>(role.path("rules").valueStream().toList());
        if (gathers(role) || (before != null && gathers(before))) {
            wanted.addAll(everything());
        }
        check(who, type, namespace, name, wanted);
    }

    /// Whether a role takes in the rules of others, whatever they are one day.
    private static boolean gathers(ObjectNode role) {
        return !role.path("aggregationRule").path("clusterRoleSelectors").isEmpty();
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
