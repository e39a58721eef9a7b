package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// What a claim of a volume must not say: one that stands by itself, or one that a pod brings
/// along.
public final class ClaimSpecRules {
    private static final List<String> ACCESS =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    private static final List<String> MODES = List.of("Block", "Filesystem");

    private ClaimSpecRules() {}

    /// @param at where the spec is, such as `spec`
    public static void check(JsonNode spec, String at, Problems problems) {
        accessModes(spec, at + ".accessModes", "at least 1 access mode is required", problems);
        SelectorRules.check(Tree.at(spec, "selector"), at + ".selector", problems);
        var storage = Tree.at(spec, "resources", "requests", "storage");
        if (storage.isMissingNode()) {
            problems.required(at + ".resources[storage]", "");
        } else {
            Checks.positiveQuantity(storage, at + ".resources[storage]", problems);
        }
        className(spec, "storageClassName", at, problems);
        Checks.oneOfIfSet(spec, "volumeMode", MODES, at, problems);
        for (var name : List.of("dataSource", "dataSourceRef")) {
            if (Tree.has(spec, name)) {
                source(Tree.at(spec, name), at + "." + name, problems);
            }
        }
        sameSource(spec, at, problems);
        className(spec, "volumeAttributesClassName", at, problems);
    }

    /// @param none what is said when there is none
    public static void accessModes(JsonNode spec, String field, String none, Problems problems) {
        var modes = Tree.texts(spec, "accessModes");
        if (modes.isEmpty()) {
            problems.required(field, none);
        }
        for (var mode : modes) {
            if (!ACCESS.contains(mode)) {
                problems.unsupported(field, mode, ACCESS);
            }
        }
        if (modes.contains("ReadWriteOncePod")
                && modes.stream()
                        .anyMatch(m -> !m.equals("ReadWriteOncePod") && ACCESS.contains(m))) {
            problems.forbidden(field, "may not use ReadWriteOncePod with other access modes");
        }
    }

    public static void className(JsonNode spec, String field, String at, Problems problems) {
        var name = Tree.text(spec, field);
        if (!name.isEmpty()) {
            Checks.subdomain(name, at + "." + field, problems);
        }
    }

    private static void source(JsonNode source, String at, Problems problems) {
        for (var name : List.of("name", "kind")) {
            if (Tree.text(source, name).isEmpty()) {
                problems.required(at + "." + name, "");
            }
        }
        var group = Tree.text(source, "apiGroup");
        var kind = Tree.text(source, "kind");
        if (group.isEmpty() && !kind.equals("PersistentVolumeClaim")) {
            problems.invalid(
                    at,
                    kind,
                    "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        } else if (!group.isEmpty()) {
            Checks.subdomain(group, at + ".apiGroup", problems);
        }
        var namespace = Tree.text(source, "namespace");
        if (!namespace.isEmpty()) {
            Checks.label(namespace, at + ".namespace", problems);
        }
    }

    /// The older and the newer name of the source name the same.
    private static void sameSource(JsonNode spec, String at, Problems problems) {
        var source = Tree.at(spec, "dataSource");
        var ref = Tree.at(spec, "dataSourceRef");
        if (source.isMissingNode() || ref.isMissingNode()) {
            return;
        }
        if (!Tree.text(ref, "namespace").isEmpty()) {
            problems.invalid(
                    at,
                    Tree.empty(),
                    "may not be specified when dataSourceRef.namespace is specified");
        } else if (!List.of("apiGroup", "kind", "name").stream()
                .allMatch(f -> Tree.text(source, f).equals(Tree.text(ref, f)))) {
            problems.invalid(at, Tree.empty(), "must match dataSourceRef");
        }
    }
}
