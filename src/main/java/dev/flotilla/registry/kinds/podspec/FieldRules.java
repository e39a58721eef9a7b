package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a pod tells its containers of itself: a field of its own, or what a container may use.
final class FieldRules {
    private static final Pattern PART = Pattern.compile("(.+?)\\['(.*)'\\]", Pattern.DOTALL);
    private static final Set<String> PARTS = Set.of("metadata.annotations", "metadata.labels");
    private static final Set<String> KNOWN =
            Set.of(
                    "metadata.annotations",
                    "metadata.labels",
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid",
                    "spec.host",
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.schedulerName",
                    "spec.serviceAccountName",
                    "status.hostIP",
                    "status.hostIPs",
                    "status.phase",
                    "status.podIP",
                    "status.podIPs");
    private static final List<String> RESOURCES =
            List.of(
                    "limits.cpu",
                    "limits.ephemeral-storage",
                    "limits.memory",
                    "requests.cpu",
                    "requests.ephemeral-storage",
                    "requests.memory");
    private static final Set<String> OF_CPU = Set.of("1m", "1");
    private static final Set<String> OF_BYTES =
            Set.of(
                    "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi",
                    "1Ei");

    private FieldRules() {}

    /// @param fields that can be told here
    static void field(JsonNode ref, List<String> fields, String at, Problems problems) {
        var version = Tree.text(ref, "apiVersion");
        var path = Tree.text(ref, "fieldPath");
        if (version.isEmpty()) {
            problems.required(at + ".apiVersion", "");
            return;
        }
        if (path.isEmpty()) {
            problems.required(at + ".fieldPath", "");
            return;
        }
        var part = PART.matcher(path);
        boolean inMap = part.matches();
        var why = unknown(version, path, inMap ? part.group(1) : path, inMap);
        if (!why.isEmpty()) {
            problems.invalid(at + ".fieldPath", path, "error converting fieldPath: " + why);
        } else if (inMap) {
            var key = part.group(2);
            boolean any = part.group(1).equals("metadata.annotations");
            Checks.qualified(any ? key.toLowerCase(Locale.ROOT) : key, at, problems);
        } else {
            var field = path.equals("spec.host") ? "spec.nodeName" : path;
            if (!fields.contains(field)) {
                problems.unsupported(at + ".fieldPath", field, fields);
            }
        }
    }

    private static String unknown(String version, String path, String field, boolean inMap) {
        if (!version.equals("v1")) {
            return "unsupported pod version: " + version;
        }
        if (inMap) {
            return PARTS.contains(field) ? "" : "field label does not support subscript: " + path;
        }
        return KNOWN.contains(field) ? "" : "field label not supported: " + path;
    }

    /// @param inVolume where the container has to be named
    static void resource(JsonNode ref, boolean inVolume, String at, Problems problems) {
        var resource = Tree.text(ref, "resource");
        boolean huge =
                resource.startsWith("limits.hugepages-")
                        || resource.startsWith("requests.hugepages-");
        if (inVolume && Tree.text(ref, "containerName").isEmpty()) {
            problems.required(at + ".containerName", "");
        } else if (resource.isEmpty()) {
            problems.required(at + ".resource", "");
        } else if (!RESOURCES.contains(resource) && !huge) {
            problems.unsupported(at + ".resource", resource, RESOURCES);
        }
        divisor(resource, Tree.at(ref, "divisor"), at + ".divisor", problems);
    }

    private static void divisor(String resource, JsonNode divisor, String at, Problems problems) {
        if (Checks.amount(divisor).signum() == 0) {
            return;
        }
        var name = resource.substring(resource.indexOf('.') + 1);
        var kind =
                switch (name) {
                    case "cpu", "memory" -> name;
                    case "ephemeral-storage" -> "local ephemeral storage";
                    case String other -> other.startsWith("hugepages-") ? "hugepages" : "";
                };
        var known = kind.equals("cpu") ? OF_CPU : OF_BYTES;
        if (!kind.isEmpty() && !known.contains(divisor.asString(""))) {
            var values =
                    kind.equals("cpu")
                            ? "1m and 1"
                            : "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";
            problems.invalid(
                    at,
                    resource,
                    "only divisor's values %s are supported with the %s resource"
                            .formatted(values, kind));
        }
    }
}
