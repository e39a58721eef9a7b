package dev.flotilla.controllers.endpoint;

import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Which pods a Service selects and which Services select a pod, each found by one label and not by
/// looking at all.
final class Selection {
    private static final String BY_LABEL = "namespace and label";
    private static final String BY_SELECTOR = "namespace and a label it selects";
    private static final String BY_SERVICE = "service";

    private final Informer<Service> services;
    private final Informer<Pod> pods;
    private final Informer<EndpointSlice> slices;
    private final Informer<Endpoints> endpoints;
    private final Informer<Node> nodes;

    Selection(Informers informers) {
        services = informers.of(Service.class);
        pods = informers.of(Pod.class);
        slices = slices(informers);
        endpoints = informers.of(Endpoints.class);
        nodes = informers.of(Node.class);
        services.indexBy(BY_SELECTOR, Selection::anySelected);
        pods.indexBy(BY_LABEL, Selection::everyLabel);
    }

    /// With an index by the Service that each slice belongs to.
    static Informer<EndpointSlice> slices(Informers informers) {
        var slices = informers.of(EndpointSlice.class);
        slices.indexBy(BY_SERVICE, Selection::serviceName);
        return slices;
    }

    /// @param keeper who keeps them
    static List<EndpointSlice> of(ObjectKey service, String keeper, Informer<EndpointSlice> all) {
        return all.by(BY_SERVICE, service.toString()).stream()
                .filter(s -> SliceLabels.kept(s, keeper))
                .toList();
    }

    Optional<Service> service(ObjectKey key) {
        return services.get(key);
    }

    /// A Service that has pods of its own to lead to.
    Optional<Service> selecting(ObjectKey key) {
        return service(key)
                .filter(s -> !selector(s).isEmpty())
                .filter(s -> !"ExternalName".equals(s.getSpec().getType()));
    }

    List<EndpointSlice> slices(ObjectKey service) {
        return of(service, SliceLabels.SLICES, slices);
    }

    Optional<Endpoints> endpoints(ObjectKey service) {
        return endpoints.get(service);
    }

    Optional<Node> node(String name) {
        return nodes.get(ObjectKey.of(name));
    }

    /// In the order of their names.
    List<Pod> pods(Service service) {
        var selector = selector(service);
        return anySelected(service).stream()
                .flatMap(label -> pods.by(BY_LABEL, label).stream())
                .filter(p -> Owners.labels(p).entrySet().containsAll(selector.entrySet()))
                .toList();
    }

    List<Pod> podsOn(String node) {
        return pods.all().stream().filter(p -> node.equals(p.getSpec().getNodeName())).toList();
    }

    Stream<ObjectKey> services(String namespace, Map<String, String> labels) {
        return labels.entrySet().stream()
                .flatMap(l -> services.by(BY_SELECTOR, entry(namespace, l)).stream())
                .filter(s -> labels.entrySet().containsAll(selector(s).entrySet()))
                .map(ObjectKey::of);
    }

    static Map<String, String> selector(Service service) {
        @Nullable Map<String, String> selector =
                service.getSpec() == null ? null : service.getSpec().getSelector();
        return selector == null ? Map.of() : selector;
    }

    private static List<String> anySelected(Service service) {
        var selector = new TreeMap<>(selector(service));
        return selector.isEmpty()
                ? List.of()
                : List.of(entry(ObjectKey.of(service).namespace(), selector.firstEntry()));
    }

    private static List<String> everyLabel(HasMetadata pod) {
        var namespace = ObjectKey.of(pod).namespace();
        return Owners.labels(pod).entrySet().stream().map(l -> entry(namespace, l)).toList();
    }

    private static String entry(String namespace, Map.Entry<String, String> label) {
        return namespace + "/" + label.getKey() + "=" + label.getValue();
    }

    private static List<String> serviceName(EndpointSlice slice) {
        var name = Owners.labels(slice).get(SliceLabels.SERVICE);
        return name == null
                ? List.of()
                : List.of(new ObjectKey(ObjectKey.of(slice).namespace(), name).toString());
    }
}
