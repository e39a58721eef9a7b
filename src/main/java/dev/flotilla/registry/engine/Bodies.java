package dev.flotilla.registry.engine;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.PatchType;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.WriteOptions;
import dev.flotilla.registry.patch.MergeRules;
import dev.flotilla.registry.schema.BodyCheck;
import dev.flotilla.registry.schema.ModelMergeRules;
import dev.flotilla.registry.schema.Models;
import dev.flotilla.registry.schema.Normal;
import dev.flotilla.registry.schema.WrongType;
import dev.flotilla.registry.tree.Duplicates;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks at what a client sent before anything is done with it.
public record Bodies(Models models) {
    private static final Set<String> OPERATION = Set.of("op", "path", "from", "value");

    /// Checks that `body` is of the kind, and brings it into its normal form. A field that the kind
    /// does not have is dropped.
    ///
    /// @throws ApiFailure 400 for another kind, a value of the wrong type, or, if asked to be
    ///   strict, a field that the kind does not have or that was given twice
    public void check(ResourceType type, Subresource part, ObjectNode body, WriteOptions options) {
        var as = Form.of(type, part);
        as.checkKind(body);
        try {
            var faults = new ArrayList<>(lines(options.duplicates()));
            faults.addAll(formed(as, body, options.duplicates()));
            report(faults, options, why -> refused(as, why));
        } catch (WrongType e) {
            throw refused(as, String.valueOf(e.getMessage()));
        }
    }

    /// As [#check], for what a patch has made of an object.
    ///
    /// @throws ApiFailure 422
    public void checkPatched(
            ResourceType type,
            Subresource part,
            ObjectNode body,
            PatchType how,
            JsonNode patch,
            WriteOptions options) {
        var as = Form.of(type, part);
        as.wrongKind(body, how)
                .ifPresent(
                        why -> {
                            throw ApiFailure.badPatched(said(how, patch, body), why);
                        });
        try {
            var faults = new ArrayList<>(inPatch(how, patch, options.duplicates()));
            faults.addAll(BodyCheck.faults(models, as.model, body, Duplicates.NONE));
            report(faults, options, why -> ApiFailure.badPatched(said(how, patch, body), why));
            Normal.form(models, as.model, body);
        } catch (WrongType e) {
            throw ApiFailure.badPatched(
                    said(how, patch, body),
                    how == PatchType.STRATEGIC ? e.inPatch() : String.valueOf(e.getMessage()));
        }
    }

    /// As [#checkPatched], for a part of an object that came out of the typed model.
    ///
    /// @throws ApiFailure 422
    public void checkPart(ResourceType type, ObjectNode part) {
        try {
            var _ = BodyCheck.faults(models, type.model(), part, Duplicates.NONE);
            Normal.form(models, type.model(), part);
        } catch (WrongType e) {
            throw ApiFailure.badPatched(part.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static String said(PatchType how, JsonNode patch, ObjectNode body) {
        return how == PatchType.STRATEGIC ? GoText.of(patch) : body.toString();
    }

    /// How lists and maps of a kind merge, for strategic patches.
    public MergeRules mergeRules(ResourceType type) {
        return new ModelMergeRules(models, type.model());
    }

    private List<String> formed(Form as, ObjectNode body, Duplicates duplicates) {
        var faults = BodyCheck.faults(models, as.model, body, duplicates);
        Normal.form(models, as.model, body);
        return faults;
    }

    /// What is wrong with the patch itself.
    private static List<String> inPatch(PatchType how, JsonNode patch, Duplicates duplicates) {
        var before = how == PatchType.JSON ? "json patch " : "";
        var faults = new ArrayList<String>();
        duplicates.fields().forEach(f -> faults.add(before + "duplicate field \"" + f + "\""));
        if (how == PatchType.JSON) {
            int i = 0;
            for (var operation : patch) {
                for (var name : operation.propertyNames()) {
                    if (!OPERATION.contains(name)) {
                        faults.add("json patch unknown field \"[%d].%s\"".formatted(i, name));
                    }
                }
                i++;
            }
        }
        return faults;
    }

    private static List<String> lines(Duplicates duplicates) {
        return duplicates.lines().isEmpty()
                ? List.of()
                : List.of("yaml: unmarshal errors:\n  " + String.join("\n  ", duplicates.lines()));
    }

    private interface Refuse {
        ApiFailure because(String why);
    }

    private static void report(List<String> faults, WriteOptions options, Refuse refuse) {
        switch (options.fieldValidation()) {
            case IGNORE -> {}
            case WARN ->
                    faults.stream()
                            .flatMap(f -> f.replace("yaml: unmarshal errors:\n", "").lines())
                            .map(String::strip)
                            .forEach(options.warnings());
            case STRICT -> {
                if (!faults.isEmpty()) {
                    throw refuse.because("strict decoding error: " + String.join(", ", faults));
                }
            }
        }
    }

    private static ApiFailure refused(Form as, String why) {
        return ApiFailure.badRequest(
                "%s in version \"%s\" cannot be handled as a %s: %s"
                        .formatted(as.kind, as.version, as.kind, why));
    }

    /// What a body has to be of.
    private record Form(Class<?> model, String apiVersion, String version, String kind) {
        static Form of(ResourceType type, Subresource part) {
            return switch (part) {
                case SCALE -> new Form(Scale.class, "autoscaling/v1", "v1", "Scale");
                case NONE, STATUS, FINALIZE, EPHEMERAL_CONTAINERS, RESIZE ->
                        new Form(type.model(), type.apiVersion(), type.version(), type.kind());
            };
        }

        void checkKind(ObjectNode body) {
            WrongKind.check(
                    Tree.text(body, "apiVersion"), Tree.text(body, "kind"), apiVersion, kind);
        }

        /// Why what a patch made of an object is none of its kind. A strategic patch knows of no
        /// kinds: what it says of them goes unheard.
        Optional<String> wrongKind(ObjectNode body, PatchType how) {
            if (how == PatchType.STRATEGIC) {
                body.put("apiVersion", apiVersion).put("kind", kind);
            }
            return WrongKind.why(
                    Tree.text(body, "apiVersion"), Tree.text(body, "kind"), apiVersion, kind);
        }
    }
}
