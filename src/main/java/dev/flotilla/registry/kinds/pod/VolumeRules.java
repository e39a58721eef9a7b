package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a pod's volumes must not say: each has a name of its own and comes from one place.
final class VolumeRules {
    private static final int MOST_MODE = 0777;
    private static final List<String> PATH_TYPES =
            List.of(
                    "",
                    "BlockDevice",
                    "CharDevice",
                    "Directory",
                    "DirectoryOrCreate",
                    "File",
                    "FileOrCreate",
                    "Socket");

    private VolumeRules() {}

    /// @return the names
    static Set<String> check(JsonNode spec, String at, Problems problems) {
        var names = new HashSet<String>();
        int i = 0;
        for (var volume : Tree.objects(spec, "volumes")) {
            var field = at + ".volumes[" + i++ + "]";
            var name = Tree.text(volume, "name");
            if (name.isEmpty()) {
                problems.required(field + ".name", "");
            } else {
                Names.label(name).ifPresent(why -> problems.invalid(field + ".name", name, why));
            }
            if (!names.add(name)) {
                problems.duplicate(field + ".name", name);
            }
            var sources = volume.propertyNames().stream().filter(n -> !n.equals("name")).toList();
            sources.stream()
                    .skip(1)
                    .forEach(
                            s ->
                                    problems.forbidden(
                                            field + "." + s,
                                            "may not specify more than 1 volume type"));
            if (!sources.isEmpty()) {
                var first = sources.getFirst();
                source(first, Tree.at(volume, first), field + "." + first, problems);
            }
        }
        return names;
    }

    private static void source(String kind, JsonNode source, String at, Problems problems) {
        switch (kind) {
            case "hostPath" -> {
                needed(source, "path", at, problems);
                noBacksteps(Tree.text(source, "path"), at + ".path", problems);
                Checks.oneOfIfSet(source, "type", PATH_TYPES, at, problems);
            }
            case "emptyDir" -> {
                if (Checks.amount(Tree.at(source, "sizeLimit")).signum() < 0) {
                    problems.forbidden(
                            at + ".sizeLimit", "SizeLimit field must be a valid resource quantity");
                }
            }
            case "secret" -> {
                needed(source, "secretName", at, problems);
                mode(source, "defaultMode", at, problems);
                items(source, at, problems);
            }
            case "configMap" -> {
                needed(source, "name", at, problems);
                mode(source, "defaultMode", at, problems);
                items(source, at, problems);
            }
            case "persistentVolumeClaim" -> needed(source, "claimName", at, problems);
            case "nfs" -> {
                needed(source, "server", at, problems);
                needed(source, "path", at, problems);
                if (!Tree.text(source, "path").isEmpty()
                        && !Tree.text(source, "path").startsWith("/")) {
                    problems.invalid(
                            at + ".path", Tree.text(source, "path"), "must be an absolute path");
                }
            }
            case "downwardAPI" -> {
                mode(source, "defaultMode", at, problems);
                downward(source, at, problems);
            }
            case "projected" -> projected(source, at, problems);
            case "csi" -> needed(source, "driver", at, problems);
            case "ephemeral" -> {
                if (!Tree.has(source, "volumeClaimTemplate")) {
                    problems.required(at + ".volumeClaimTemplate", "");
                }
            }
            case String other -> {
                // Kept as it is: no driver here knows it.
            }
        }
    }

    private static void projected(JsonNode source, String at, Problems problems) {
        mode(source, "defaultMode", at, problems);
        int i = 0;
        for (var part : Tree.objects(source, "sources")) {
            var field = at + ".sources[" + i++ + "]";
            var kinds = List.copyOf(part.propertyNames());
            kinds.stream()
                    .skip(1)
                    .forEach(
                            k ->
                                    problems.forbidden(
                                            field + "." + k,
                                            "may not specify more than 1 volume type"));
            for (var kind : List.of("secret", "configMap")) {
                if (part.has(kind)) {
                    needed(Tree.at(part, kind), "name", field + "." + kind, problems);
                    items(Tree.at(part, kind), field + "." + kind, problems);
                }
            }
            if (part.has("downwardAPI")) {
                downward(Tree.at(part, "downwardAPI"), field + ".downwardAPI", problems);
            }
            if (part.has("serviceAccountToken")) {
                var token = Tree.at(part, "serviceAccountToken");
                needed(token, "path", field + ".serviceAccountToken", problems);
            }
        }
    }

    private static void downward(JsonNode source, String at, Problems problems) {
        int i = 0;
        for (var item : Tree.objects(source, "items")) {
            var field = at + ".items[" + i++ + "]";
            path(item, field, problems);
            mode(item, "mode", field, problems);
            if (!item.has("fieldRef") && !item.has("resourceFieldRef")) {
                problems.required(field, "one of fieldRef and resourceFieldRef is required");
            }
        }
    }

    private static void items(JsonNode source, String at, Problems problems) {
        int i = 0;
        for (var item : Tree.objects(source, "items")) {
            var field = at + ".items[" + i++ + "]";
            needed(item, "key", field, problems);
            path(item, field, problems);
            mode(item, "mode", field, problems);
        }
    }

    private static void path(ObjectNode item, String at, Problems problems) {
        needed(item, "path", at, problems);
        descending(Tree.text(item, "path"), at + ".path", problems);
    }

    /// A path that stays below where it begins.
    static void descending(String path, String field, Problems problems) {
        if (path.startsWith("/")) {
            problems.invalid(field, path, "must be a relative path");
        }
        noBacksteps(path, field, problems);
    }

    private static void noBacksteps(String path, String field, Problems problems) {
        if (List.of(path.split("/", -1)).contains("..")) {
            problems.invalid(field, path, "must not contain '..'");
        }
    }

    private static void mode(JsonNode source, String name, String at, Problems problems) {
        long mode = Tree.number(source, 0, name);
        if (mode < 0 || mode > MOST_MODE) {
            problems.invalid(
                    at + "." + name,
                    mode,
                    "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    private static void needed(JsonNode source, String name, String at, Problems problems) {
        if (Tree.text(source, name).isEmpty()) {
            problems.required(at + "." + name, "");
        }
    }
}
