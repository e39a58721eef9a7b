package dev.flotilla.registry;

import dev.flotilla.registry.patch.MergeRules;
import dev.flotilla.registry.schema.BodyCheck;
import dev.flotilla.registry.schema.ModelMergeRules;
import dev.flotilla.registry.schema.Models;
import dev.flotilla.registry.schema.Normal;
import dev.flotilla.registry.schema.WrongType;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.Stream;

/// Looks at what a client sent before anything is done with it.
record Bodies(Models models) {
    /// Checks that `body` is of the kind, and brings it into its normal form.
    ///
    /// @throws ApiFailure 400 for another kind, a value of the wrong type, or, if asked to be
    ///   strict, a field that the kind does not have
    void check(ResourceType type, Subresource part, ObjectNode body, WriteOptions options) {
        if (part == Subresource.SCALE) {
            Tree.dropNulls(body);
            return;
        }
        var apiVersion = Tree.text(body, "apiVersion");
        var name = Tree.text(body, "kind");
        if (!apiVersion.isEmpty() && !apiVersion.equals(type.apiVersion())) {
            throw ApiFailure.badRequest(
                    ("the API version in the data (%s) does not match the expected API version"
                                    + " (%s)")
                            .formatted(apiVersion, type.apiVersion()));
        }
        if (!name.isEmpty() && !name.equals(type.kind())) {
            throw ApiFailure.badRequest(
                    "%s in version \"%s\" cannot be handled as a %s"
                            .formatted(name, type.version(), type.kind()));
        }
        var unknown = unknownFields(type, body);
        Normal.form(models, type.model(), body);
        report(type, unknown, options);
    }

    MergeRules mergeRules(ResourceType type) {
        return new ModelMergeRules(models, type.model());
    }

    private List<String> unknownFields(ResourceType type, ObjectNode body) {
        try {
            return BodyCheck.unknownFields(models, type.model(), body);
        } catch (WrongType e) {
            throw refused(type, String.valueOf(e.getMessage()));
        }
    }

    private static void report(ResourceType type, List<String> unknown, WriteOptions options) {
        switch (options.fieldValidation()) {
            case IGNORE -> {}
            case WARN -> faults(unknown, options).forEach(options.warnings());
            case STRICT -> {
                var faults = faults(unknown, options);
                if (!faults.isEmpty()) {
                    throw refused(type, "strict decoding error: " + String.join(", ", faults));
                }
            }
        }
    }

    private static List<String> faults(List<String> unknown, WriteOptions options) {
        return Stream.concat(
                        options.duplicateFields().stream()
                                .map(f -> "duplicate field \"" + f + "\""),
                        unknown.stream().map(f -> "unknown field \"" + f + "\""))
                .toList();
    }

    private static ApiFailure refused(ResourceType type, String why) {
        return ApiFailure.badRequest(
                "%s in version \"%s\" cannot be handled as a %s: %s"
                        .formatted(type.kind(), type.version(), type.kind(), why));
    }
}
