package dev.flotilla.server.kinds;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.Registry;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Expected;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.call.Resources.Part;
import dev.flotilla.server.call.WriteQuery;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;

/// A pod's part that removes it, if its disruption budget allows.
final class Evictions {
    static final Part PART = new Part("eviction", "policy", "v1", "Eviction", List.of("create"));

    private static final Expected CURRENT = new Expected("policy", "v1", "Eviction");

    private final Registry registry;

    Evictions(Registry registry) {
        this.registry = registry;
    }

    void serve(Call call, ObjectKey pod) throws IOException {
        if (!call.method().equals("POST")) {
            throw Refusal.methodNotAllowed();
        }
        var options = WriteQuery.of(call, "CreateOptions");
        var eviction = asked(call.sent(CURRENT).body());
        if (!eviction.path("metadata").path("name").asString("").equals(pod.name())) {
            throw Refusal.badRequest("name in URL does not match name in Eviction object");
        }
        var how =
                eviction.get("deleteOptions") instanceof ObjectNode given
                        ? given
                        : JsonMapper.shared().createObjectNode();
        if (options.dryRun() && how.path("dryRun").isEmpty()) {
            how.putArray("dryRun").add("All");
        }
        registry.evict(pod, WriteQuery.deletion(how).options());
        var status = JsonMapper.shared().createObjectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        call.answer(201, status.put("status", "Success").put("code", 201));
    }

    /// Kubernetes still takes the older version of this one kind, which older clients send.
    private static ObjectNode asked(ObjectNode body) {
        boolean older = body.path("apiVersion").asString("").equals("policy/v1beta1");
        return (older ? new Expected("policy", "v1beta1", "Eviction") : CURRENT).in(body);
    }
}
