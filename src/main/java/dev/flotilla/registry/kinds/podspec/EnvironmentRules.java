package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
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
        var found = SOURCES.stream().filter(s -> Tree.has(from, s)).toList();
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
        switch (kind) {
            case "fieldRef" -> FieldRules.field(ref, FIELDS, at, problems);
            case "resourceFieldRef" -> FieldRules.resource(ref, false, at, problems);
            case String other -> {
                Checks.subdomain(Tree.text(ref, "name"), at + ".name", problems);
                var key = Tree.text(ref, "key");
                if (key.isEmpty()) {
                    problems.required(at + ".key", "");
                } else {
                    Checks.dataKey(key, at + ".key", problems);
                }
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
                if (!Tree.has(from, kind)) {
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
