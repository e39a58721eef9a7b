package dev.flotilla.controllers.balancer;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.Writes;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

import java.util.List;
import java.util.Optional;

/// Keeps what Services of type LoadBalancer say of their balancers, and takes it back from those
/// that are of that type no more. Those of a class that is not ours are somebody else's.
final class Balancers implements Reconciler {
    private static final String TYPE = "LoadBalancer";

    private final Cluster cluster;
    private final Informer<Service> services;
    private final Informer<Node> nodes;

    Balancers(Cluster cluster, Informer<Service> services, Informer<Node> nodes) {
        this.cluster = cluster;
        this.services = services;
        this.nodes = nodes;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var service = services.get(key).filter(s -> !Owners.leaving(s));
        if (service.isEmpty()) {
            return Outcome.SETTLED;
        }
        var wanted = wanted(service.get());
        if (wanted.isEmpty() || wanted.get().equals(told(service.get()))) {
            return Outcome.SETTLED;
        }
        var after =
                new ServiceBuilder(service.get())
                        .editOrNewStatus()
                        .editOrNewLoadBalancer()
                        .withIngress(wanted.get())
                        .endLoadBalancer()
                        .endStatus()
                        .build();
        return Writes.outcome(List.of(cluster.updateStatus(service.get(), after)));
    }

    /// Empty when it is not ours to tell.
    private Optional<List<LoadBalancerIngress>> wanted(Service service) {
        if (!TYPE.equals(service.getSpec().getType())) {
            return Optional.of(List.of());
        }
        var of = service.getSpec().getLoadBalancerClass();
        if (of != null && !of.equals(Marks.BALANCER_CLASS)) {
            return Optional.empty();
        }
        return Optional.of(
                Gates.of(nodes.all()).stream()
                        .map(
                                ip ->
                                        new LoadBalancerIngressBuilder()
                                                .withIp(ip)
                                                .withIpMode("VIP")
                                                .build())
                        .toList());
    }

    private static List<LoadBalancerIngress> told(Service service) {
        var status = service.getStatus();
        return status == null || status.getLoadBalancer() == null
                ? List.of()
                : status.getLoadBalancer().getIngress();
    }
}
