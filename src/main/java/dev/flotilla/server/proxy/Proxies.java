package dev.flotilla.server.proxy;

import dev.flotilla.cluster.PodStreams;
import dev.flotilla.cluster.PodStreams.Refused;
import dev.flotilla.cluster.PodStreams.Unreachable;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Subresource;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.call.Resources.Part;
import dev.flotilla.server.call.Route;
import dev.flotilla.server.socket.Upgrades;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who is asked, when `pods/proxy` or `services/proxy` is.
public final class Proxies {
    public static final String NAME = "proxy";

    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final List<String> VERBS = List.of("create", "delete", "get", "patch", "update");
    private static final Set<String> KINDS = Set.of("Pod", "Service");

    private final Registry registry;
    private final PodStreams streams;

    public Proxies(Registry registry, PodStreams streams) {
        this.registry = registry;
        this.streams = streams;
    }

    /// What discovery tells, where a kind has a proxy.
    public static Optional<Part> part(ResourceType type) {
        return type.group().isEmpty() && KINDS.contains(type.kind())
                ? Optional.of(new Part(NAME, "", "v1", type.kind() + "ProxyOptions", VERBS))
                : Optional.empty();
    }

    /// @param type of pods or services
    public void serve(Call call, Route.Resource at, ResourceType type) throws IOException {
        if (!METHODS.contains(call.method())) {
            throw Refusal.methodNotAllowed();
        }
        var way = Way.of(call.request().getHttpURI().getPath());
        try {
            var to = type.kind().equals("Pod") ? pod(at, type) : service(at, type);
            if (Upgrades.isServed(call.request()) && !Upgrades.isSpdy(call.request())) {
                new Upgraded(call, way, to).run();
            } else if (!Exchange.sentOn(call, way)) {
                new Exchange(call, way, to).run();
            }
        } catch (Refused | Unreachable e) {
            throw Refusal.unavailable("error trying to reach service: " + e.getMessage());
        }
    }

    private Backend pod(Route.Resource at, ResourceType pods) throws Refused, Unreachable {
        var named =
                Named.of(at.name())
                        .orElseThrow(
                                () ->
                                        Refusal.badRequest(
                                                "invalid pod request \"%s\"".formatted(at.name())));
        var key = new ObjectKey(at.namespace(), named.name());
        var pod = registry.get(pods, key, Subresource.NONE);
        var port = named.port().isEmpty() ? firstPort(pod) : named.port();
        return backend(key, pod, port, named.tls());
    }

    private static String firstPort(ObjectNode pod) {
        return pod.path("spec")
                .path("containers")
                .valueStream()
                .map(c -> c.path("ports").path(0).path("containerPort").asString(""))
                .filter(p -> !p.isEmpty())
                .findFirst()
                .orElse("");
    }

    private Backend backend(ObjectKey key, ObjectNode pod, String port, boolean tls)
            throws Refused, Unreachable {
        var address = pod.path("status").path("podIP").asString("");
        if (address.isEmpty()) {
            throw Refusal.badRequest("address not allowed");
        }
        var node = pod.path("spec").path("nodeName").asString("");
        return new Backend(streams.ports(node, key), address, number(port, tls), tls);
    }

    private static int number(String port, boolean tls) throws Refused {
        if (port.isEmpty()) {
            return tls ? 443 : 80;
        }
        try {
            int number = Integer.parseInt(port);
            if (number > 0 && number < 1 << 16) {
                return number;
            }
            throw new Refused("dial tcp: address " + port + ": invalid port");
        } catch (NumberFormatException e) {
            throw new Refused("dial tcp: lookup tcp/" + port + ": unknown port");
        }
    }

    /// A pod behind the service, whose endpoints name the ports as the service does.
    private Backend service(Route.Resource at, ResourceType services) throws Refused, Unreachable {
        var named =
                Named.of(at.name())
                        .orElseThrow(
                                () ->
                                        Refusal.badRequest(
                                                "invalid service request \"%s\""
                                                        .formatted(at.name())));
        var key = new ObjectKey(at.namespace(), named.name());
        var port = named.port();
        if (port.matches("[0-9]+")) {
            port = portName(registry.get(services, key, Subresource.NONE), named);
        }
        var subsets = registry.get(type("endpoints"), key, Subresource.NONE).path("subsets");
        for (var subset : subsets) {
            for (var offered : subset.path("ports")) {
                if (!offered.path("name").asString("").equals(port)) {
                    continue;
                }
                for (var address : subset.path("addresses")) {
                    var found = behind(at.namespace(), address, offered, named.tls());
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
            }
        }
        var asked = subsets.isEmpty() ? named.name() : at.name();
        throw Refusal.unavailable("no endpoints available for service \"%s\"".formatted(asked));
    }

    private static String portName(ObjectNode service, Named named) {
        for (var port : service.path("spec").path("ports")) {
            if (port.path("port").asString("").equals(named.port())) {
                return port.path("name").asString("");
            }
        }
        throw Refusal.unavailable(
                "no service port %s found for service \"%s\""
                        .formatted(named.port(), named.name()));
    }

    /// An address that is no pod's of the same namespace is not asked: who may write endpoints
    /// could else send the API server anywhere.
    private Optional<Backend> behind(String namespace, JsonNode address, JsonNode port, boolean tls)
            throws Refused, Unreachable {
        var target = address.path("targetRef");
        if (!target.path("namespace").asString("").equals(namespace)) {
            return Optional.empty();
        }
        var key = new ObjectKey(namespace, target.path("name").asString(""));
        ObjectNode pod;
        try {
            pod = registry.get(type("pods"), key, Subresource.NONE);
        } catch (ApiFailure e) {
            return Optional.empty();
        }
        var ip = pod.path("status").path("podIP").asString("");
        return ip.equals(address.path("ip").asString(""))
                ? Optional.of(backend(key, pod, port.path("port").asString(""), tls))
                : Optional.empty();
    }

    private ResourceType type(String plural) {
        return registry.type("", "v1", plural)
                .orElseThrow(() -> new IllegalStateException("there are no " + plural));
    }
}
