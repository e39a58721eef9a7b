package dev.flotilla.server.stream;

import dev.flotilla.cluster.PodStreams;
import dev.flotilla.cluster.PodStreams.Place;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Subresource;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.call.Resources.Part;
import dev.flotilla.server.call.Route;
import dev.flotilla.server.socket.Upgrades;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// `pods/exec`, `pods/attach` and `pods/portforward`: connections of a client with a pod, in place
/// of the one that its request came on.
public final class PodConnections {
    public static final Part ATTACH = part("attach", "PodAttachOptions");
    public static final Part EXEC = part("exec", "PodExecOptions");
    public static final Part PORT_FORWARD = part("portforward", "PodPortForwardOptions");

    /// Whether a request by this method may become one.
    private static final Set<String> METHODS = Set.of("GET", "POST");

    private final Registry registry;
    private final ProcessCall processes;
    private final ForwardCall forwards;
    private final PodStreams streams;

    public PodConnections(Registry registry, PodStreams streams) {
        this.registry = registry;
        this.streams = streams;
        this.processes = new ProcessCall();
        this.forwards = new ForwardCall(streams);
    }

    /// Whether that part of a pod is served here.
    public static boolean serves(String part) {
        return Stream.of(ATTACH, EXEC, PORT_FORWARD).anyMatch(p -> p.name().equals(part));
    }

    private static Part part(String name, String kind) {
        return new Part(name, "", "v1", kind, List.of("create", "get"));
    }

    public void serve(Call call, Route.Resource at, ResourceType pods) throws IOException {
        if (!METHODS.contains(call.method())) {
            throw Refusal.methodNotAllowed();
        }
        var key = new ObjectKey(at.namespace(), at.name());
        var pod = registry.get(pods, key, Subresource.NONE);
        var container =
                at.subresource().equals(PORT_FORWARD.name())
                        ? ""
                        : ContainerChoice.of(pod, at.name(), call.query().text("container"));
        var node = pod.path("spec").path("nodeName").asString("");
        if (node.isEmpty()) {
            throw Refusal.badRequest("pod %s does not have a host assigned".formatted(at.name()));
        }
        if (!Upgrades.isAny(call.request())) {
            throw Refusal.badRequest("Upgrade request required");
        }
        var place = new Place(node, key, container);
        switch (at.subresource()) {
            case "exec" -> {
                var command = call.query().all("command");
                processes.serve(call, () -> streams.exec(place, command), command);
            }
            case "attach" -> processes.serve(call, () -> streams.attach(place), List.of());
            default -> forwards.serve(call, place);
        }
    }
}
