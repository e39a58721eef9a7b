package dev.flotilla.traffic.service;

import dev.flotilla.model.Marks;
import dev.flotilla.model.NodeAddresses;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Back;
import dev.flotilla.traffic.plan.Back.Wire;
import dev.flotilla.traffic.plan.BackId;
import dev.flotilla.traffic.plan.BackId.Via;
import dev.flotilla.traffic.plan.Front;
import dev.flotilla.traffic.plan.Plan.Health;
import dev.flotilla.traffic.plan.Protocol;
import dev.flotilla.traffic.plan.Words;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a node listens for Services. Those that come later get no place that is taken.
public final class ServiceFronts {
    private static final String LOCAL = "Local";

    /// As Kubernetes has it. Datagrams that come from there can't be sent on.
    private static final String LOOPBACK = "127.0.0.1";

    private final List<String> own;
    private final Reach reach;
    private final Taken taken;
    private final List<Front> fronts = new ArrayList<>();
    private final List<Health> healths = new ArrayList<>();

    /// @param own the node's addresses
    public ServiceFronts(List<String> own, Reach reach, Taken taken) {
        this.own = List.copyOf(own);
        this.reach = reach;
        this.taken = taken;
    }

    /// The addresses by which a node is reached.
    public static List<String> addresses(NodeAddresses node) {
        return Stream.concat(node.internal().stream(), node.external().stream())
                .filter(Words::address)
                .filter(a -> !a.startsWith("127."))
                .distinct()
                .toList();
    }

    public List<Front> fronts() {
        return List.copyOf(fronts);
    }

    public List<Health> healths() {
        return List.copyOf(healths);
    }

    public void add(Service service) {
        var spec = service.getSpec();
        var address = spec.getClusterIP();
        if ("ExternalName".equals(spec.getType()) || "None".equals(address)) {
            return;
        }
        for (var port : spec.getPorts()) {
            add(service, port);
        }
    }

    private void add(Service service, ServicePort port) {
        var protocol = protocol(port);
        var name = portName(port);
        var key = ObjectKey.of(service);
        if (protocol.isEmpty() || !Words.port(port.getPort())) {
            taken.refuse(who(service), "nobody here carries " + port.getProtocol());
        } else if (!Words.label(key.namespace())
                || !Words.label(key.name())
                || !Words.label(name)) {
            taken.refuse(who(service), "its names are none: " + key + " " + name);
        } else {
            new OnePort(service, port, protocol.get(), name).add();
        }
    }

    static String who(Service service) {
        return "Service " + ObjectKey.of(service);
    }

    private static Optional<Protocol> protocol(ServicePort port) {
        return switch (port.getProtocol()) {
            case null -> Optional.of(Protocol.TCP);
            case "TCP" -> Optional.of(Protocol.TCP);
            case "UDP" -> Optional.of(Protocol.UDP);
            default -> Optional.empty();
        };
    }

    /// By which a port is known here.
    public static String portName(ServicePort port) {
        var name = port.getName();
        return name == null || name.isEmpty() ? String.valueOf(port.getPort()) : name;
    }

    /// One port of one Service.
    private final class OnePort {
        private final Service service;
        private final ServicePort port;
        private final Protocol protocol;
        private final String name;
        private final boolean insideLocal;
        private final boolean outsideLocal;

        OnePort(Service service, ServicePort port, Protocol protocol, String name) {
            this.service = service;
            this.port = port;
            this.protocol = protocol;
            this.name = name;
            insideLocal = LOCAL.equals(service.getSpec().getInternalTrafficPolicy());
            outsideLocal = LOCAL.equals(service.getSpec().getExternalTrafficPolicy());
        }

        void add() {
            var inside = new ArrayList<>(at(clusterAddresses(), port.getPort()));
            var outside = new ArrayList<>(at(service.getSpec().getExternalIPs(), port.getPort()));
            outside.addAll(nodePorts());
            var balanced = balanced() ? at(own, port.getPort()) : List.<At>of();
            var sources = sources();
            if (sources.isEmpty()) {
                outside.addAll(balanced);
            }
            boolean together = insideLocal == outsideLocal && protocol == Protocol.TCP;
            if (together) {
                inside.addAll(outside);
                outside.clear();
            }
            front(Via.INSIDE, inside, List.of(), insideLocal);
            front(Via.OUTSIDE, outside, List.of(), outsideLocal);
            if (!sources.isEmpty()) {
                front(Via.BALANCER, balanced, sources, outsideLocal);
            }
            health(together ? Via.INSIDE : Via.OUTSIDE);
        }

        private List<String> clusterAddresses() {
            var all = service.getSpec().getClusterIPs();
            var one = service.getSpec().getClusterIP();
            return !all.isEmpty() ? all : one == null ? List.of() : List.of(one);
        }

        private List<At> nodePorts() {
            var number = port.getNodePort();
            if (number == null || number == 0) {
                return List.of();
            }
            var at = new ArrayList<>(at(own, number));
            if (protocol == Protocol.TCP) {
                at.addAll(at(List.of(LOOPBACK), number));
            }
            return at;
        }

        private boolean balanced() {
            var of = service.getSpec().getLoadBalancerClass();
            return "LoadBalancer".equals(service.getSpec().getType())
                    && (of == null || of.equals(Marks.BALANCER_CLASS));
        }

        private List<String> sources() {
            var ranges = service.getSpec().getLoadBalancerSourceRanges();
            if (!balanced() || ranges == null || ranges.contains("0.0.0.0/0")) {
                return List.of();
            }
            return ranges.stream().map(String::strip).filter(Words::range).distinct().toList();
        }

        private void front(Via via, List<At> wanted, List<String> sources, boolean local) {
            var at = taken.take(protocol, wanted.stream().distinct().toList(), who(service));
            if (!at.isEmpty()) {
                fronts.add(new Front(protocol, at, sources, local, back(via, local)));
            }
        }

        private Back back(Via via, boolean local) {
            var wishes = new Wishes(service);
            return new Back(
                    id(via),
                    protocol == Protocol.TCP && wishes.http(port),
                    wishes.balance(),
                    wishes.stickySeconds(),
                    Wire.PLAIN,
                    wishes.greeting(),
                    reach.servers(ObjectKey.of(service), port, local));
        }

        private BackId id(Via via) {
            var key = ObjectKey.of(service);
            return new BackId(via, key.namespace(), key.name(), name);
        }

        private void health(Via via) {
            var number = service.getSpec().getHealthCheckNodePort();
            var first = service.getSpec().getPorts().getFirst();
            if (number != null && number > 0 && port.equals(first) && listens(via)) {
                var at = at(own, number);
                taken.take(Protocol.TCP, at, who(service) + " (health)")
                        .forEach(a -> healths.add(new Health(a, id(via))));
            }
        }

        private boolean listens(Via via) {
            return fronts.stream().anyMatch(f -> f.back().id().equals(id(via)));
        }

        private static List<At> at(@Nullable List<String> addresses, @Nullable Integer number) {
            return addresses == null || number == null || !Words.port(number)
                    ? List.of()
                    : addresses.stream()
                            .filter(Words::address)
                            .map(a -> new At(a, number))
                            .toList();
        }
    }
}
