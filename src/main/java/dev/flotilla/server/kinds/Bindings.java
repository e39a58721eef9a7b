package dev.flotilla.server.kinds;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.call.Resources;
import dev.flotilla.server.call.Route;

import io.fabric8.kubernetes.api.model.Binding;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/// The older way to bind a pod: a Binding posted to its namespace names the pod.
public final class Bindings implements Resources {
    private static final ResourceType TYPE =
            new ResourceType(
                    "",
                    "v1",
                    "bindings",
                    "binding",
                    "Binding",
                    List.of(),
                    List.of(),
                    true,
                    Set.of("create"),
                    false,
                    false,
                    Binding.class);

    private final Stored stored;

    public Bindings(Stored stored) {
        this.stored = stored;
    }

    @Override
    public List<ResourceType> types() {
        return List.of(TYPE);
    }

    @Override
    public List<Part> parts(ResourceType type) {
        return List.of();
    }

    @Override
    public void serve(Call call, Route.Resource at, ResourceType type) throws IOException {
        if (!call.method().equals("POST") || at.namespace().isEmpty() || !at.name().isEmpty()) {
            throw Refusal.methodNotAllowed();
        }
        var body = call.object(Stored.BINDING);
        var pod = body.path("metadata").path("name").asString("");
        if (pod.isEmpty()) {
            throw Refusal.badRequest("metadata.name must name the pod to bind");
        }
        stored.bind(call, new ObjectKey(at.namespace(), pod), body);
    }
}
