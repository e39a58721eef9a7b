package dev.flotilla.controllers.endpoint;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gathers addresses and the ports they have into few subsets: the ports that the very same
/// addresses have stand together.
final class Subsets {
    private static final Comparator<EndpointAddress> BY_IP =
            Comparator.comparing(EndpointAddress::getIp)
                    .thenComparing(a -> Host.of(a).uid, Comparator.nullsFirst(String::compareTo));
    private static final Comparator<EndpointPort> BY_NAME =
            Comparator.comparing((EndpointPort p) -> p.getName() == null ? "" : p.getName())
                    .thenComparing(EndpointPort::getPort)
                    .thenComparing(EndpointPort::getProtocol);

    /// The port of an address that has none.
    private static final EndpointPort NONE = new EndpointPort();

    private final Map<Host, EndpointAddress> addresses = new HashMap<>();
    private final Map<EndpointPort, Map<Host, Boolean>> ready = new LinkedHashMap<>();

    /// @param uid of the pod: pods in the network of their node share its address
    private record Host(String ip, @Nullable String uid) {
        static Host of(EndpointAddress address) {
            var target = address.getTargetRef();
            return new Host(address.getIp(), target == null ? null : target.getUid());
        }
    }

    void add(EndpointAddress address, boolean isReady) {
        add(address, NONE, isReady);
    }

    void add(EndpointAddress address, EndpointPort port, boolean isReady) {
        var host = Host.of(address);
        addresses.putIfAbsent(host, address);
        ready.computeIfAbsent(port, _ -> new HashMap<>()).merge(host, isReady, Boolean::logicalAnd);
    }

    /// In an order that depends on nothing but what they say.
    List<EndpointSubset> packed() {
        var together = new LinkedHashMap<Map<Host, Boolean>, Set<EndpointPort>>();
        ready.forEach(
                (port, hosts) -> together.computeIfAbsent(hosts, _ -> new HashSet<>()).add(port));
        var subsets = new ArrayList<EndpointSubset>();
        together.forEach((hosts, ports) -> subsets.add(subset(hosts, ports)));
        subsets.sort(Comparator.comparing(Subsets::first, BY_IP).thenComparing(Subsets::ports));
        return subsets;
    }

    private EndpointSubset subset(Map<Host, Boolean> hosts, Set<EndpointPort> ports) {
        return new EndpointSubsetBuilder()
                .withAddresses(addresses(hosts, true))
                .withNotReadyAddresses(addresses(hosts, false))
                .withPorts(ports.stream().filter(p -> !p.equals(NONE)).sorted(BY_NAME).toList())
                .build();
    }

    private List<EndpointAddress> addresses(Map<Host, Boolean> hosts, boolean which) {
        var some = new ArrayList<EndpointAddress>();
        hosts.forEach(
                (host, isReady) -> {
                    var address = addresses.get(host);
                    if (isReady == which && address != null) {
                        some.add(address);
                    }
                });
        some.sort(BY_IP);
        return some;
    }

    private static EndpointAddress first(EndpointSubset subset) {
        return subset.getAddresses().isEmpty()
                ? subset.getNotReadyAddresses().getFirst()
                : subset.getAddresses().getFirst();
    }

    private static String ports(EndpointSubset subset) {
        return subset.getPorts().stream().map(EndpointPort::toString).toList().toString();
    }
}
