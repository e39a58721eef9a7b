package dev.flotilla.controllers.endpoint;

import dev.flotilla.controllers.endpoint.PodEndpoint.Identity;
import dev.flotilla.controllers.endpoint.SliceChanges.Action;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What is to become of a Service's slices, decided without touching anything.
///
/// @param pods that the Service selects
/// @param known its slices, and those of one of its name before it
/// @param node by name
/// @param trigger when that happened which is told now, if anything did
record SlicePlan(
        Service service,
        List<Pod> pods,
        List<EndpointSlice> known,
        Function<String, Optional<Node>> node,
        Optional<Instant> trigger) {
    /// Endpoints in a slice.
    static final int MOST = 100;

    /// Those with the same ports.
    private record Group(List<EndpointPort> ports, Map<Identity, Endpoint> endpoints) {}

    List<Action> actions() {
        var types = types();
        var actions = new ArrayList<Action>();
        types.forEach(t -> actions.addAll(changes(t).actions(this::stamped)));
        known.stream()
                .filter(s -> !types.contains(s.getAddressType()))
                .forEach(s -> actions.add(new Action.Remove(s)));
        return actions;
    }

    private List<String> types() {
        var families = service.getSpec().getIpFamilies();
        return families == null || families.isEmpty() ? List.of("IPv4") : families;
    }

    private SliceChanges changes(String type) {
        var changes = new SliceChanges(service);
        var mine = new HashMap<SlicePorts, List<EndpointSlice>>();
        var present = known.stream().filter(s -> s.getAddressType().equals(type)).toList();
        for (var slice : present) {
            if (SliceChanges.owned(slice, service)) {
                mine.computeIfAbsent(SlicePorts.of(slice.getPorts()), _ -> new ArrayList<>())
                        .add(slice);
            } else {
                changes.remove(slice);
            }
        }
        groups(type)
                .forEach(
                        (ports, group) -> {
                            var slices = mine.remove(ports);
                            pack(type, group, slices == null ? List.of() : slices, changes);
                        });
        mine.values().forEach(slices -> slices.forEach(changes::remove));
        if (present.size() == changes.gone().size() && !changes.makeAny()) {
            keepOneEmpty(type, changes);
        }
        return changes;
    }

    private void pack(String type, Group group, List<EndpointSlice> slices, SliceChanges changes) {
        for (var box : Packing.of(slices, group.endpoints, this::stale, MOST)) {
            if (box.slice() == null) {
                changes.make(draft(type, group.ports, box.endpoints()));
            } else if (box.written() && box.endpoints().isEmpty()) {
                changes.remove(box.slice());
            } else if (box.written()) {
                changes.change(
                        box.slice(),
                        new EndpointSliceBuilder(box.slice())
                                .editMetadata()
                                .withLabels(SliceLabels.ofSlices(service))
                                .endMetadata()
                                .withEndpoints(box.endpoints())
                                .build());
            }
        }
    }

    /// A Service that leads nowhere has a slice that says so.
    private void keepOneEmpty(String type, SliceChanges changes) {
        var gone = changes.gone();
        if (gone.size() == 1
                && gone.getFirst().getEndpoints().isEmpty()
                && gone.getFirst().getPorts().isEmpty()
                && SliceChanges.owned(gone.getFirst(), service)
                && !stale(gone.getFirst())) {
            changes.keep(gone.getFirst());
        } else {
            changes.make(draft(type, List.of(), List.of()));
        }
    }

    private Map<SlicePorts, Group> groups(String type) {
        var groups = new LinkedHashMap<SlicePorts, Group>();
        for (var pod : pods) {
            var addresses = addresses(pod, type);
            var on = Optional.ofNullable(PodState.node(pod)).flatMap(node);
            boolean known = on.isPresent() || PodEndpoint.published(service);
            if (PodState.over(pod) || addresses.isEmpty() || !known) {
                continue;
            }
            var ports = SlicePorts.of(service, pod);
            var endpoint = PodEndpoint.of(pod, addresses, service, on);
            groups.computeIfAbsent(
                            SlicePorts.of(ports), _ -> new Group(ports, new LinkedHashMap<>()))
                    .endpoints
                    .put(Identity.of(endpoint), endpoint);
        }
        return groups;
    }

    private static List<String> addresses(Pod pod, String type) {
        return PodFace.addresses(pod).stream()
                .filter(a -> a.contains(":") == type.equals("IPv6"))
                .toList();
    }

    private boolean stale(EndpointSlice slice) {
        return !Owners.labels(slice).equals(SliceLabels.ofSlices(service));
    }

    private EndpointSlice draft(String type, List<EndpointPort> ports, List<Endpoint> endpoints) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(service.getMetadata().getNamespace())
                .withGenerateName(service.getMetadata().getName() + "-")
                .withLabels(SliceLabels.ofSlices(service))
                .withOwnerReferences(Owners.controlledBy(service))
                .endMetadata()
                .withAddressType(type)
                .withPorts(ports)
                .withEndpoints(endpoints)
                .build();
    }

    private EndpointSlice stamped(EndpointSlice slice) {
        var notes = new HashMap<>(Owners.notes(slice));
        notes.remove(SliceLabels.TRIGGER);
        trigger.ifPresent(at -> notes.put(SliceLabels.TRIGGER, at.toString()));
        return new EndpointSliceBuilder(slice)
                .editMetadata()
                .withAnnotations(notes)
                .endMetadata()
                .build();
    }
}
