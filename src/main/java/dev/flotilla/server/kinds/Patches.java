package dev.flotilla.server.kinds;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.PatchType;
import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Subresource;
import dev.flotilla.server.auth.Escalation;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.MediaType;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.call.WriteQuery;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;

/// PATCH, in each of its four ways.
final class Patches {
    private static final String JSON = "application/json-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";

    private final Registry registry;
    private final Escalation escalation;

    Patches(Registry registry, Escalation escalation) {
        this.registry = registry;
        this.escalation = escalation;
    }

    /// @param code 201 if there was none before
    record Patched(int code, ObjectNode object) {}

    Patched serve(Call call, ObjectKey key, ResourceType type, Subresource part)
            throws IOException {
        var said = call.contentType();
        return switch (MediaType.of(said == null ? "" : said).name()) {
            case JSON -> patch(call, key, type, part, PatchType.JSON);
            case MERGE -> patch(call, key, type, part, PatchType.MERGE);
            case STRATEGIC -> patch(call, key, type, part, PatchType.STRATEGIC);
            case APPLY -> apply(call, key, type, part);
            default ->
                    throw Refusal.unsupportedMedia(
                            String.join(", ", JSON, MERGE, STRATEGIC, APPLY));
        };
    }

    private Patched patch(
            Call call, ObjectKey key, ResourceType type, Subresource part, PatchType how)
            throws IOException {
        var options = WriteQuery.patch(call, false).approvedBy(escalation.judge(call.who(), type));
        var patch = call.bodies().patch(call.body(), how == PatchType.STRATEGIC);
        var patched =
                registry.patch(
                        type, key, part, how, patch.body(), options.with(patch.duplicates()));
        return new Patched(200, patched);
    }

    private Patched apply(Call call, ObjectKey key, ResourceType type, Subresource part)
            throws IOException {
        var options = WriteQuery.patch(call, true).approvedBy(escalation.judge(call.who(), type));
        var wanted = call.bodies().applied(call.body());
        var force = call.query().flag("force");
        var applied =
                registry.apply(
                        type, key, part, wanted.body(), force, options.with(wanted.duplicates()));
        return new Patched(applied.created() ? 201 : 200, applied.object());
    }
}
