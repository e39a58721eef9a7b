package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Volumes whose files are written from objects: secrets, config maps, the pod itself.
final class ProjectionRules {
    private static final int MOST_MODE = 0777;
    private static final long SHORTEST = 600;
    private static final long LONGEST = 1L << 32;
    private static final List<String> FIELDS =
            List.of(
                    "metadata.annotations",
                    "metadata.labels",
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid");

    private ProjectionRules() {}

    /// The files that keys of an object become.
    static void files(JsonNode source, String at, Problems problems) {
        mode(source, "defaultMode", at, problems);
        items(source, at, problems);
    }

    static void downward(JsonNode source, String at, Problems problems) {
        mode(source, "defaultMode", at, problems);
        Tree.objects(source, "items").forEach(file -> downwardFile(file, at, problems));
    }

    static void check(JsonNode source, String at, Problems problems) {
        mode(source, "defaultMode", at, problems);
        var paths = new HashSet<String>();
        int i = 0;
        for (var part : Tree.objects(source, "sources")) {
            part(part, at, at + ".sources[" + i++ + "]", paths, problems);
        }
    }

    private static void part(
            ObjectNode part, String at, String field, Set<String> paths, Problems problems) {
        int kinds = 0;
        for (var kind : List.of("secret", "configMap")) {
            if (Tree.has(part, kind)) {
                kinds++;
                var from = Tree.at(part, kind);
                DiskRules.needed(from, "name", field + "." + kind, problems);
                items(from, field + "." + kind, problems);
                var name = Tree.text(from, "name");
                Tree.objects(from, "items").forEach(f -> once(f, name, at, paths, problems));
            }
        }
        if (Tree.has(part, "downwardAPI")) {
            kinds++;
            for (var file : Tree.objects(part, "downwardAPI", "items")) {
                downwardFile(file, field + ".downwardAPI", problems);
                once(file, Tree.text(file, "path"), at, paths, problems);
            }
        }
        if (Tree.has(part, "serviceAccountToken")) {
            kinds++;
            token(Tree.at(part, "serviceAccountToken"), at, field, problems);
        }
        if (Tree.at(part, "clusterTrustBundle") instanceof ObjectNode bundle) {
            kinds++;
            bundle(bundle, field + ".clusterTrustBundle", problems);
            once(bundle, Tree.text(bundle, "path"), at, paths, problems);
        }
        if (kinds > 1) {
            problems.forbidden(field, "may not specify more than 1 volume type per source");
        }
    }

    private static void once(
            ObjectNode file, String told, String at, Set<String> paths, Problems problems) {
        var path = Tree.text(file, "path");
        if (!path.isEmpty() && !paths.add(path)) {
            problems.invalid(at, told, "conflicting duplicate paths");
        }
    }

    private static void token(JsonNode token, String at, String field, Problems problems) {
        long seconds = Tree.number(token, SHORTEST, "expirationSeconds");
        var where = field + ".serviceAccountToken.expirationSeconds";
        if (seconds < SHORTEST) {
            problems.invalid(where, seconds, "may not specify a duration less than 10 minutes");
        }
        if (seconds > LONGEST) {
            problems.invalid(where, seconds, "may not specify a duration larger than 2^32 seconds");
        }
        var path = Tree.text(token, "path");
        if (path.isEmpty()) {
            problems.required(at + ".path", "");
        } else {
            PathRules.unreserved(path, at + ".path", problems);
        }
    }

    private static void bundle(ObjectNode bundle, String at, Problems problems) {
        boolean named = Tree.has(bundle, "name");
        boolean signed = Tree.has(bundle, "signerName");
        if (named && signed) {
            problems.invalid(at, bundle, "only one of name and signerName may be used");
        } else if (named && Tree.has(bundle, "labelSelector")) {
            problems.invalid(
                    at + ".labelSelector",
                    Tree.at(bundle, "labelSelector"),
                    "labelSelector must be unset if name is specified");
        } else if (signed) {
            SelectorRules.check(Tree.at(bundle, "labelSelector"), at + ".labelSelector", problems);
        } else if (!named) {
            problems.required(at, "either name or signerName must be specified");
        }
        DiskRules.needed(bundle, "path", at, problems);
        PathRules.unreserved(Tree.text(bundle, "path"), at + ".path", problems);
    }

    private static void downwardFile(ObjectNode file, String at, Problems problems) {
        DiskRules.needed(file, "path", at, problems);
        PathRules.unreserved(Tree.text(file, "path"), at + ".path", problems);
        if (Tree.has(file, "fieldRef")) {
            FieldRules.field(Tree.at(file, "fieldRef"), FIELDS, at + ".fieldRef", problems);
            if (Tree.has(file, "resourceFieldRef")) {
                problems.invalid(
                        at,
                        "resource",
                        "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        } else if (Tree.has(file, "resourceFieldRef")) {
            FieldRules.resource(
                    Tree.at(file, "resourceFieldRef"), true, at + ".resourceFieldRef", problems);
        } else {
            problems.required(at, "one of fieldRef and resourceFieldRef is required");
        }
        mode(file, "mode", at, problems);
    }

    private static void items(JsonNode source, String at, Problems problems) {
        int i = 0;
        for (var item : Tree.objects(source, "items")) {
            var field = at + ".items[" + i++ + "]";
            DiskRules.needed(item, "key", field, problems);
            DiskRules.needed(item, "path", field, problems);
            PathRules.unreserved(Tree.text(item, "path"), field + ".path", problems);
            mode(item, "mode", field, problems);
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
}
