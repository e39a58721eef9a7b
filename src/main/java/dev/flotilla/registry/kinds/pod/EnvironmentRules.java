package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The variables of a container, and where their values come from.
final class EnvironmentRules {
    private static final Pattern NAME = Pattern.compile("[ -<>-~]+");
    private static final List<String> SOURCES =
            List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef");
    private static final List<String> FIELDS =
            List.of(
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid",
                    "spec.nodeName",
                    "spec.serviceAccountName",
                    "status.hostIP",
                    "status.hostIPs",
                    "status.podIP",
                    "status.podIPs");
    private static final Pattern MAPPED =
            Pattern.compile("metadata\\.(?:labels|annotations)\\['.*'\\]");
    private static final List<String> RESOURCES =
            List.of(
                    "limits.cpu",
                    "limits.ephemeral-storage",
                    "limits.memory",
                    "requests.cpu",
                    "requests.ephemeral-storage",
                    "requests.memory");
    private static final Set<String> KEYED = Set.of("configMapKeyRef", "secretKeyRef");

    private EnvironmentRules() {}

    static void check(ObjectNode c, String at, Problems problems) {
        int i = 0;
        for (var env : Tree.objects(c, "env")) {
            var field = at + ".env[" + i++ + "]";
            var name = Tree.text(env, "name");
            if (name.isEmpty()) {
                problems.required(field + ".name", "");
            } else {
                name(name, field + ".name", problems);
            }
            if (Tree.has(env, "valueFrom")) {
                source(env, field + ".valueFrom", problems);
            }
        }
        from(c, at + ".envFrom", problems);
    }

    private static void name(String name, String field, Problems problems) {
        if (!NAME.matcher(name).matches()) {
            problems.invalid(
                    field,
                    name,
                    "a valid environment variable name must consist only of printable ASCII"
                            + " characters other than '='");
        }
    }

    private static void source(ObjectNode env, String at, Problems problems) {
        var from = Tree.at(env, "valueFrom");
        var found = SOURCES.stream().filter(from::has).toList();
        for (var kind : found) {
            reference(kind, Tree.at(from, kind), at + "." + kind, problems);
        }
        if (found.isEmpty()) {
            problems.invalid(
                    at,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or"
                            + " `secretKeyRef`");
        } else if (!Tree.text(env, "value").isEmpty()) {
            problems.invalid(at, "", "may not be specified when `value` is not empty");
        } else if (found.size() > 1) {
            problems.invalid(at, "", "may not have more than one field specified at a time");
        }
    }

    private static void reference(String kind, JsonNode ref, String at, Problems problems) {
        if (KEYED.contains(kind)) {
            Checks.subdomain(Tree.text(ref, "name"), at + ".name", problems);
            if (Tree.text(ref, "key").isEmpty()) {
                problems.required(at + ".key", "");
            }
        } else if (kind.equals("fieldRef")) {
            var path = Tree.text(ref, "fieldPath");
            if (path.isEmpty()) {
                problems.required(at + ".fieldPath", "");
            } else if (!MAPPED.matcher(path).matches() && !FIELDS.contains(path)) {
                problems.unsupported(at + ".fieldPath", path, FIELDS);
            }
        } else {
            var resource = Tree.text(ref, "resource");
            if (resource.isEmpty()) {
                problems.required(at + ".resource", "");
            } else if (!RESOURCES.contains(resource) && !resource.contains("hugepages-")) {
                problems.unsupported(at + ".resource", resource, RESOURCES);
            }
        }
    }

    private static void from(ObjectNode c, String at, Problems problems) {
        int i = 0;
        for (var from : Tree.objects(c, "envFrom")) {
            var field = at + "[" + i++ + "]";
            var prefix = Tree.text(from, "prefix");
            if (!prefix.isEmpty()) {
                name(prefix, field + ".prefix", problems);
            }
            int sources = 0;
            for (var kind : List.of("configMapRef", "secretRef")) {
                if (!from.has(kind)) {
                    continue;
                }
                sources++;
                var name = Tree.text(from, kind, "name");
                if (name.isEmpty()) {
                    problems.required(field + "." + kind + ".name", "");
                } else {
                    Checks.subdomain(name, field + "." + kind + ".name", problems);
                }
            }
            if (sources != 1) {
                problems.invalid(
                        at,
                        "",
                        sources == 0
                                ? "must specify one of: `configMapRef` or `secretRef`"
                                : "may not have more than one field specified at a time");
            }
        }
    }
}
