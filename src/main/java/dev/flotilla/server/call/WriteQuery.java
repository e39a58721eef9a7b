package dev.flotilla.server.call;

import dev.flotilla.registry.DeleteOptions;
import dev.flotilla.registry.DeleteOptions.Propagation;
import dev.flotilla.registry.FieldValidation;
import dev.flotilla.registry.WriteOptions;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;

/// The options of a write, out of the query and for deletions out of the body.
public final class WriteQuery {
    private static final Expected DELETION = new Expected("", "v1", "DeleteOptions");

    private WriteQuery() {}

    /// @param options what Kubernetes calls them, such as `CreateOptions`
    public static WriteOptions of(Call call, String options) {
        var q = call.query();
        for (var value : q.all("dryRun")) {
            checkDryRun(value, options);
        }
        var validation =
                switch (q.text("fieldValidation")) {
                    case "Ignore" -> FieldValidation.IGNORE;
                    case "", "Warn" -> FieldValidation.WARN;
                    case "Strict" -> FieldValidation.STRICT;
                    default ->
                            throw unsupported(
                                    options,
                                    "fieldValidation",
                                    q.text("fieldValidation"),
                                    "\"Ignore\", \"Strict\", \"Warn\"");
                };
        return new WriteOptions(
                q.has("dryRun"), validation, FieldManager.of(call, options), call::warn);
    }

    /// @param apply with server-side apply
    public static WriteOptions patch(Call call, boolean apply) {
        var q = call.query();
        if (apply && q.text("fieldManager").isEmpty()) {
            throw Refusal.invalidOption(
                    "PatchOptions", "fieldManager", "Required value: is required for apply patch");
        }
        if (!apply && q.has("force")) {
            throw Refusal.invalidOption(
                    "PatchOptions", "force", "Forbidden: may not be specified for non-apply patch");
        }
        return of(call, "PatchOptions");
    }

    /// A body, where there is one, has the say.
    public static Deletion deletion(Call call) throws IOException {
        var body = call.body();
        if (body.length == 0) {
            var q = call.query();
            var tree = JsonMapper.shared().createObjectNode();
            if (q.has("gracePeriodSeconds")) {
                tree.put("gracePeriodSeconds", q.number("gracePeriodSeconds", 0));
            }
            if (q.has("propagationPolicy")) {
                tree.put("propagationPolicy", q.text("propagationPolicy"));
            }
            if (q.has("orphanDependents")) {
                tree.put("orphanDependents", q.flag("orphanDependents"));
            }
            var dryRun = tree.putArray("dryRun");
            q.all("dryRun").forEach(dryRun::add);
            return deletion(tree);
        }
        var tree = call.bodies().object(body, call.contentType(), DELETION);
        if (!tree.path("kind").asString("DeleteOptions").equals("DeleteOptions")) {
            throw Refusal.badRequest(
                    "the body of a deletion must be DeleteOptions, not "
                            + tree.path("kind").asString(""));
        }
        return deletion(tree);
    }

    /// @param tree as DeleteOptions are written in JSON
    public static Deletion deletion(JsonNode tree) {
        for (var value : tree.path("dryRun")) {
            checkDryRun(value.asString(""), "DeleteOptions");
        }
        var grace = tree.path("gracePeriodSeconds");
        if (!grace.isMissingNode() && !grace.isNull() && !grace.canConvertToLong()) {
            throw Refusal.badRequest("gracePeriodSeconds must be a number of seconds");
        }
        var preconditions = tree.path("preconditions");
        var options =
                new DeleteOptions(
                        !tree.path("dryRun").isEmpty(),
                        grace.isIntegralNumber() ? Long.valueOf(grace.asLong()) : null,
                        text(preconditions, "uid"),
                        text(preconditions, "resourceVersion"),
                        propagation(tree));
        var orphan = tree.path("orphanDependents");
        return new Deletion(options, orphan.isBoolean() && !orphan.asBoolean());
    }

    private static @Nullable Propagation propagation(JsonNode tree) {
        var orphan = tree.path("orphanDependents");
        var policy = text(tree, "propagationPolicy");
        if (orphan.isBoolean()) {
            if (policy != null) {
                throw Refusal.invalidOption(
                        "DeleteOptions",
                        "propagationPolicy",
                        "Invalid value: \"%s\": orphanDependents and deletionPropagation cannot be both set"
                                .formatted(policy));
            }
            return orphan.asBoolean() ? Propagation.ORPHAN : Propagation.BACKGROUND;
        }
        return switch (policy) {
            case null -> null;
            case "Orphan" -> Propagation.ORPHAN;
            case "Background" -> Propagation.BACKGROUND;
            case "Foreground" -> Propagation.FOREGROUND;
            default ->
                    throw unsupported(
                            "DeleteOptions",
                            "propagationPolicy",
                            policy,
                            "\"Foreground\", \"Background\", \"Orphan\", \"nil\"");
        };
    }

    private static @Nullable String text(JsonNode tree, String field) {
        var node = tree.path(field);
        return node.isString() && !node.asString().isEmpty() ? node.asString() : null;
    }

    private static void checkDryRun(String value, String options) {
        if (!value.equals("All")) {
            throw unsupported(options, "dryRun", value, "\"All\"");
        }
    }

    private static Refusal unsupported(
            String options, String field, String value, String supported) {
        return Refusal.invalidOption(
                options,
                field,
                "Unsupported value: \"%s\": supported values: %s".formatted(value, supported));
    }
}
