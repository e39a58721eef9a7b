package dev.flotilla.traffic.service;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Picture;
import dev.flotilla.traffic.plan.Server;
import dev.flotilla.traffic.plan.Words;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Which endpoints a node uses for a port of a Service.
///
/// The ready ones. Those that are about to stop get nothing new, unless there is none that is ready
/// and they still serve. Where the slices say which zone each is meant for, those of the node's.
public final class Reach {
    private static final String SERVICE = "kubernetes.io/service-name";
    private static final String ZONE = "topology.kubernetes.io/zone";

    private final Map<ObjectKey, List<EndpointSlice>> slices;
    private final String node;
    private final String zone;

    private Reach(Map<ObjectKey, List<EndpointSlice>> slices, String node, String zone) {
        this.slices = slices;
        this.node = node;
        this.zone = zone;
    }

    /// As seen from a node.
    public static Reach of(Picture picture, String node) {
        var slices = new HashMap<ObjectKey, List<EndpointSlice>>();
        for (var slice : picture.slices()) {
            var labels = slice.getMetadata().getLabels();
            var service = labels == null ? null : labels.get(SERVICE);
            if (service != null && "IPv4".equals(slice.getAddressType())) {
                var key = new ObjectKey(ObjectKey.of(slice).namespace(), service);
                slices.computeIfAbsent(key, _ -> new ArrayList<>()).add(slice);
            }
        }
        return new Reach(slices, node, zone(picture, node));
    }

    private static String zone(Picture picture, String node) {
        return picture.nodes().stream()
                .filter(n -> n.getMetadata().getName().equals(node))
                .map(Node::getMetadata)
                .map(m -> m.getLabels() == null ? "" : m.getLabels().getOrDefault(ZONE, ""))
                .findFirst()
                .orElse("");
    }

    /// The slices of a Service.
    public List<EndpointSlice> slices(ObjectKey service) {
        return slices.getOrDefault(service, List.of());
    }

    /// In order, each once.
    ///
    /// @param local whether only those on this node count
    public List<Server> servers(ObjectKey service, ServicePort port, boolean local) {
        var found = new TreeMap<Server, Endpoint>();
        for (var slice : slices(service)) {
            var number = number(slice, port);
            for (var endpoint : slice.getEndpoints()) {
                if (Words.port(number) && (!local || node.equals(endpoint.getNodeName()))) {
                    enter(endpoint, Objects.requireNonNull(number), found);
                }
            }
        }
        return chosen(found);
    }

    private static void enter(Endpoint endpoint, int port, Map<Server, Endpoint> found) {
        for (var address : endpoint.getAddresses()) {
            if (Words.address(address)) {
                found.putIfAbsent(
                        new Server(pod(endpoint), new At(address, port), false), endpoint);
            }
        }
    }

    private static @Nullable Integer number(EndpointSlice slice, ServicePort port) {
        return slice.getPorts().stream()
                .filter(p -> text(p.getName(), "").equals(text(port.getName(), "")))
                .filter(p -> text(p.getProtocol(), "TCP").equals(text(port.getProtocol(), "TCP")))
                .map(EndpointPort::getPort)
                .findFirst()
                .orElse(null);
    }

    private static String pod(Endpoint endpoint) {
        var target = endpoint.getTargetRef();
        boolean named = target != null && "Pod".equals(target.getKind());
        return named && Words.name(target.getName()) ? target.getName() : "";
    }

    private List<Server> chosen(Map<Server, Endpoint> found) {
        var near = near(found);
        boolean anyReady = near.values().stream().anyMatch(Reach::ready);
        var chosen = new ArrayList<Server>();
        near.forEach(
                (server, endpoint) -> {
                    if (ready(endpoint)) {
                        chosen.add(server);
                    } else if (lastsAWhile(endpoint)) {
                        chosen.add(new Server(server.pod(), server.at(), anyReady));
                    }
                });
        return chosen;
    }

    private Map<Server, Endpoint> near(Map<Server, Endpoint> found) {
        var near = new TreeMap<>(found);
        near.values().removeIf(e -> !meantForHere(e));
        boolean hinted = found.values().stream().filter(Reach::ready).allMatch(Reach::hinted);
        return hinted && near.values().stream().anyMatch(Reach::ready) ? near : found;
    }

    private boolean meantForHere(Endpoint endpoint) {
        return hinted(endpoint)
                && endpoint.getHints().getForZones().stream()
                        .anyMatch(z -> zone.equals(z.getName()));
    }

    private static boolean hinted(Endpoint endpoint) {
        return endpoint.getHints() != null && !endpoint.getHints().getForZones().isEmpty();
    }

    /// Who does not say counts as ready, as in Kubernetes.
    public static boolean ready(Endpoint endpoint) {
        var conditions = endpoint.getConditions();
        return conditions == null || !Boolean.FALSE.equals(conditions.getReady());
    }

    private static boolean lastsAWhile(Endpoint endpoint) {
        var conditions = endpoint.getConditions();
        return conditions != null
                && Boolean.TRUE.equals(conditions.getTerminating())
                && Boolean.TRUE.equals(conditions.getServing());
    }

    private static String text(@Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }
}
