package dev.flotilla.controllers.endpoint;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The labels that slices and Endpoints have, all of them Kubernetes' own.
final class SliceLabels {
    static final String SERVICE = "kubernetes.io/service-name";
    static final String KEEPER = "endpointslice.kubernetes.io/managed-by";
    static final String HEADLESS = "service.kubernetes.io/headless";
    static final String SKIP_MIRROR = "endpointslice.kubernetes.io/skip-mirror";

    /// Who keeps the slices of Services that select pods.
    static final String SLICES = "endpointslice-controller.k8s.io";

    /// Who keeps those that say what Endpoints made by hand say.
    static final String MIRRORS = "endpointslicemirroring-controller.k8s.io";

    /// Annotation: when what led to the present content happened.
    static final String TRIGGER = "endpoints.kubernetes.io/last-change-trigger-time";

    private SliceLabels() {}

    static Map<String, String> ofSlices(Service service) {
        var labels = ofEndpoints(service);
        labels.put(SERVICE, service.getMetadata().getName());
        labels.put(KEEPER, SLICES);
        return labels;
    }

    /// The Service's own, and whether it is headless.
    static Map<String, String> ofEndpoints(Service service) {
        var labels = new HashMap<>(Owners.labels(service));
        labels.remove(HEADLESS);
        if (headless(service)) {
            labels.put(HEADLESS, "");
        }
        return labels;
    }

    static Map<String, String> ofMirrors(HasMetadata endpoints) {
        var labels = new HashMap<>(Owners.labels(endpoints));
        labels.put(SERVICE, endpoints.getMetadata().getName());
        labels.put(KEEPER, MIRRORS);
        return labels;
    }

    static boolean headless(Service service) {
        var address = service.getSpec().getClusterIP();
        return address == null || address.isEmpty() || address.equals("None");
    }

    static boolean kept(EndpointSlice slice, String keeper) {
        return keeper.equals(Owners.labels(slice).get(KEEPER));
    }

    /// The Services that a slice belongs to or did before somebody took its label away.
    static Set<ObjectKey> services(EndpointSlice slice) {
        var names = new HashSet<String>();
        Optional.ofNullable(Owners.labels(slice).get(SERVICE)).ifPresent(names::add);
        Owners.controller(slice).ifPresent(o -> names.add(o.getName()));
        var namespace = ObjectKey.of(slice).namespace();
        return names.stream().map(n -> new ObjectKey(namespace, n)).collect(Collectors.toSet());
    }
}
