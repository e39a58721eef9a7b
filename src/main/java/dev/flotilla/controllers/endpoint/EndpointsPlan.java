package dev.flotilla.controllers.endpoint;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a Service's Endpoints are to say, decided without touching anything.
///
/// @param pods that the Service selects
/// @param known as they are, if they are
/// @param trigger when that happened which is told now, if anything did
record EndpointsPlan(
        Service service, List<Pod> pods, Optional<Endpoints> known, Optional<Instant> trigger) {
    /// Addresses that Endpoints have. Whoever wants more reads slices.
    static final int MOST = 1000;

    static final String OVER = "endpoints.kubernetes.io/over-capacity";

    /// Empty when they say it already.
    Optional<Endpoints> wanted() {
        var all = subsets();
        var some = truncated(all);
        var labels = SliceLabels.ofEndpoints(service);
        boolean over = !some.equals(all);
        if (known.isPresent()
                && known.get().getSubsets().equals(some)
                && Owners.labels(known.get()).equals(labels)
                && Owners.notes(known.get()).containsKey(OVER) == over) {
            return Optional.empty();
        }
        var notes = new HashMap<>(known.map(Owners::notes).orElse(Map.of()));
        notes.remove(SliceLabels.TRIGGER);
        trigger.ifPresent(at -> notes.put(SliceLabels.TRIGGER, at.toString()));
        notes.remove(OVER);
        if (over) {
            notes.put(OVER, "truncated");
        }
        return Optional.of(
                known.map(EndpointsBuilder::new)
                        .orElseGet(EndpointsBuilder::new)
                        .editOrNewMetadata()
                        .withNamespace(service.getMetadata().getNamespace())
                        .withName(service.getMetadata().getName())
                        .withLabels(labels)
                        .withAnnotations(notes)
                        .endMetadata()
                        .withSubsets(some)
                        .build());
    }

    private List<EndpointSubset> subsets() {
        var subsets = new Subsets();
        boolean portless = service.getSpec().getPorts().isEmpty() && SliceLabels.headless(service);
        for (var pod : pods) {
            var address = address(pod);
            boolean out = Owners.leaving(pod) && !PodEndpoint.published(service);
            if (PodState.over(pod) || out || address.isEmpty()) {
                continue;
            }
            boolean ready = PodEndpoint.published(service) || PodState.ready(pod);
            if (portless) {
                subsets.add(address.get(), ready);
            }
            for (var target : TargetPorts.of(service, pod)) {
                subsets.add(address.get(), port(target), ready);
            }
        }
        return subsets.packed();
    }

    private Optional<EndpointAddress> address(Pod pod) {
        var families = service.getSpec().getIpFamilies();
        boolean six = families != null && !families.isEmpty() && families.getFirst().equals("IPv6");
        return PodFace.addresses(pod).stream()
                .filter(a -> a.contains(":") == six)
                .findFirst()
                .map(
                        ip ->
                                new EndpointAddressBuilder()
                                        .withIp(ip)
                                        .withNodeName(PodState.node(pod))
                                        .withHostname(PodEndpoint.hostname(pod, service))
                                        .withTargetRef(PodEndpoint.target(pod))
                                        .build());
    }

    private static EndpointPort port(TargetPorts.Target target) {
        return new EndpointPortBuilder()
                .withName(target.port().getName())
                .withPort(target.number())
                .withProtocol(TargetPorts.protocol(target.port()))
                .withAppProtocol(target.port().getAppProtocol())
                .build();
    }

    /// So many of each subset as it has of all; the ready ones before others.
    private static List<EndpointSubset> truncated(List<EndpointSubset> all) {
        int ready = all.stream().mapToInt(s -> s.getAddresses().size()).sum();
        int others = all.stream().mapToInt(s -> s.getNotReadyAddresses().size()).sum();
        if (ready + others <= MOST) {
            return all;
        }
        boolean cutReady = ready > MOST;
        int room = cutReady ? MOST : MOST - ready;
        int total = cutReady ? ready : others;
        int left = room;
        var some = new ArrayList<EndpointSubset>();
        for (var subset : all) {
            var from = cutReady ? subset.getAddresses() : subset.getNotReadyAddresses();
            int share = (int) Math.ceil((double) from.size() / total * room);
            var kept = from.subList(0, Math.min(Math.min(share, left), from.size()));
            left -= kept.size();
            var cut = new EndpointSubsetBuilder(subset);
            some.add(
                    cutReady
                            ? cut.withAddresses(kept).withNotReadyAddresses(List.of()).build()
                            : cut.withNotReadyAddresses(kept).build());
        }
        some.removeIf(s -> s.getAddresses().isEmpty() && s.getNotReadyAddresses().isEmpty());
        return some;
    }
}
