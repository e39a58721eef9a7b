package dev.flotilla.controllers.endpoint;

import dev.flotilla.controllers.endpoint.PodEndpoint.Identity;
import dev.flotilla.controllers.endpoint.SliceChanges.Action;
import dev.flotilla.controllers.owner.Owners;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The slices that say what Endpoints made by hand say, decided without touching anything.
///
/// @param known those that mirror them so far
record MirrorPlan(Endpoints endpoints, List<EndpointSlice> known) {
    /// Of each subset; a slice holds as many.
    static final int MOST = 1000;

    private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private record Kind(String type, SlicePorts ports) {}

    private record Group(List<EndpointPort> ports, Map<Identity, Endpoint> endpoints) {}

    List<Action> actions() {
        var changes = new SliceChanges(endpoints);
        var mine = new HashMap<Kind, List<EndpointSlice>>();
        for (var slice : known) {
            if (SliceChanges.owned(slice, endpoints)) {
                var kind = new Kind(slice.getAddressType(), SlicePorts.of(slice.getPorts()));
                mine.computeIfAbsent(kind, _ -> new ArrayList<>()).add(slice);
            } else {
                changes.remove(slice);
            }
        }
        groups().forEach(
                        (kind, group) -> {
                            var slices = mine.remove(kind);
                            pack(kind, group, slices == null ? List.of() : slices, changes);
                        });
        mine.values().forEach(slices -> slices.forEach(changes::remove));
        return changes.actions(s -> s);
    }

    private void pack(Kind kind, Group group, List<EndpointSlice> slices, SliceChanges changes) {
        for (var box : Packing.of(slices, group.endpoints, this::stale, MOST)) {
            if (box.slice() == null) {
                changes.make(draft(kind.type, group.ports, box.endpoints()));
            } else if (box.endpoints().isEmpty()) {
                changes.remove(box.slice());
            } else if (box.written()) {
                changes.change(
                        box.slice(),
                        new EndpointSliceBuilder(box.slice())
                                .editMetadata()
                                .withLabels(SliceLabels.ofMirrors(endpoints))
                                .withAnnotations(notes())
                                .endMetadata()
                                .withEndpoints(box.endpoints())
                                .build());
            }
        }
    }

    private Map<Kind, Group> groups() {
        var groups = new LinkedHashMap<Kind, Group>();
        for (var subset : endpoints.getSubsets()) {
            var ports = ports(subset);
            int count = 0;
            for (var ready : List.of(true, false)) {
                for (var address : ready ? subset.getAddresses() : subset.getNotReadyAddresses()) {
                    if (count++ < MOST) {
                        var kind = new Kind(type(address), SlicePorts.of(ports));
                        var endpoint = endpoint(address, ready);
                        groups.computeIfAbsent(kind, _ -> new Group(ports, new LinkedHashMap<>()))
                                .endpoints
                                .put(Identity.of(endpoint), endpoint);
                    }
                }
            }
        }
        return groups;
    }

    private static List<EndpointPort> ports(EndpointSubset subset) {
        return subset.getPorts().stream()
                .map(
                        p ->
                                new EndpointPortBuilder()
                                        .withName(Objects.requireNonNullElse(p.getName(), ""))
                                        .withPort(p.getPort())
                                        .withProtocol(
                                                Objects.requireNonNullElse(p.getProtocol(), "TCP"))
                                        .withAppProtocol(p.getAppProtocol())
                                        .build())
                .toList();
    }

    private static Endpoint endpoint(EndpointAddress address, boolean ready) {
        var hostname = address.getHostname();
        return new EndpointBuilder()
                .withAddresses(address.getIp())
                .withNewConditions()
                .withReady(ready)
                .endConditions()
                .withTargetRef(address.getTargetRef())
                .withNodeName(address.getNodeName())
                .withHostname(hostname == null || hostname.isEmpty() ? null : hostname)
                .build();
    }

    private static String type(EndpointAddress address) {
        return address.getIp().contains(":") ? "IPv6" : "IPv4";
    }

    private Map<String, String> notes() {
        var notes = new HashMap<>(Owners.notes(endpoints));
        notes.remove(SliceLabels.TRIGGER);
        notes.remove(APPLIED);
        return notes;
    }

    private boolean stale(EndpointSlice slice) {
        return !Owners.labels(slice).equals(SliceLabels.ofMirrors(endpoints))
                || !Owners.notes(slice).equals(notes());
    }

    private EndpointSlice draft(String type, List<EndpointPort> ports, List<Endpoint> some) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(endpoints.getMetadata().getNamespace())
                .withGenerateName(endpoints.getMetadata().getName() + "-")
                .withLabels(SliceLabels.ofMirrors(endpoints))
                .withAnnotations(notes())
                .withOwnerReferences(Owners.controlledBy(endpoints))
                .endMetadata()
                .withAddressType(type)
                .withPorts(ports)
                .withEndpoints(some)
                .build();
    }
}
