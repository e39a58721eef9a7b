package dev.flotilla.server;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.DeleteOptions;
import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.WriteOptions;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Comparator;
import java.util.Optional;

/// Where pods reach the API: what lies behind the service `kubernetes` of the namespace `default`.
///
/// As in Kubernetes, a server that listens on all addresses or on the loopback alone tells the
/// address of its machine; it is another matter whether it can be reached there.
record Advertised(Registry registry) {
    private static final ObjectKey KUBERNETES = new ObjectKey("default", "kubernetes");
    private static final String PORT_NAME = "https";

    /// The address to tell of a server that listens there; empty if the machine has none.
    static Optional<InetAddress> address(String host) {
        try {
            var own = InetAddress.getByName(host);
            if (!own.isAnyLocalAddress() && !own.isLoopbackAddress()) {
                return Optional.of(own);
            }
            return NetworkInterface.networkInterfaces()
                    .filter(Advertised::leadsOut)
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(a -> !a.isLinkLocalAddress() && !a.isLoopbackAddress())
                    .min(Comparator.comparingInt(a -> a instanceof Inet4Address ? 0 : 1));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static boolean leadsOut(NetworkInterface some) {
        try {
            return some.isUp() && !some.isLoopback() && !some.isPointToPoint();
        } catch (IOException _) {
            return false;
        }
    }

    /// Makes the service lead there, and nowhere else.
    ///
    /// @param address empty if there is none to tell
    void write(Optional<InetAddress> address, int port) {
        leadTo(port);
        var endpoints = JsonMapper.shared().createObjectNode();
        endpoints
                .putObject("metadata")
                .putObject("labels")
                .put("endpointslice.kubernetes.io/skip-mirror", "true");
        var subsets = endpoints.putArray("subsets");
        var slices = type("discovery.k8s.io", "endpointslices");
        if (address.isEmpty()) {
            ensure(type("", "endpoints"), endpoints);
            remove(slices);
            return;
        }
        var subset = subsets.addObject();
        subset.putArray("addresses").addObject().put("ip", text(address.get()));
        ports(subset, port);
        ensure(type("", "endpoints"), endpoints);
        var slice = slice(address.get(), port);
        if (!present(slices)
                .map(o -> o.path("addressType"))
                .filter(slice.path("addressType")::equals)
                .isPresent()) {
            remove(slices);
        }
        ensure(slices, slice);
    }

    private static ObjectNode slice(InetAddress address, int port) {
        var slice = JsonMapper.shared().createObjectNode();
        slice.putObject("metadata")
                .putObject("labels")
                .put("kubernetes.io/service-name", KUBERNETES.name());
        slice.put("addressType", address instanceof Inet4Address ? "IPv4" : "IPv6");
        var endpoint = slice.putArray("endpoints").addObject();
        endpoint.putArray("addresses").add(text(address));
        endpoint.putObject("conditions").put("ready", true);
        ports(slice, port);
        return slice;
    }

    private static String text(InetAddress address) {
        var text = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet4Address ? text : text.replaceFirst("(^|:)0(:0)+(:|$)", "::");
    }

    private static void ports(ObjectNode of, int port) {
        of.putArray("ports")
                .addObject()
                .put("name", PORT_NAME)
                .put("port", port)
                .put("protocol", "TCP");
    }

    private void leadTo(int port) {
        var services = type("", "services");
        present(services)
                .ifPresent(
                        service -> {
                            var next = service.deepCopy();
                            for (var p : next.path("spec").path("ports")) {
                                if (p.path("name").asString("").equals(PORT_NAME)) {
                                    ((ObjectNode) p).put("targetPort", port);
                                }
                            }
                            change(services, service, next);
                        });
    }

    /// Makes it, or sets in what is there all that is wanted.
    private void ensure(ResourceType type, ObjectNode wanted) {
        var present = present(type);
        if (present.isEmpty()) {
            wanted.withObject("metadata").put("name", KUBERNETES.name());
            var _ = registry.create(type, KUBERNETES.namespace(), wanted, WriteOptions.PLAIN);
            return;
        }
        var next = present.get().deepCopy();
        next.setAll(wanted.deepCopy().without("metadata"));
        wanted.path("metadata")
                .path("labels")
                .forEachEntry(
                        (name, value) -> next.withObject("/metadata/labels").set(name, value));
        change(type, present.get(), next);
    }

    private void change(ResourceType type, ObjectNode present, ObjectNode next) {
        if (!next.equals(present)) {
            var _ = registry.update(type, KUBERNETES, Subresource.NONE, next, WriteOptions.PLAIN);
        }
    }

    private void remove(ResourceType type) {
        if (present(type).isPresent()) {
            var _ = registry.delete(type, KUBERNETES, DeleteOptions.PLAIN);
        }
    }

    private Optional<ObjectNode> present(ResourceType type) {
        try {
            return Optional.of(registry.get(type, KUBERNETES, Subresource.NONE));
        } catch (ApiFailure e) {
            if (e.code() != 404) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private ResourceType type(String group, String plural) {
        return registry.type(group, "v1", plural).orElseThrow();
    }
}
