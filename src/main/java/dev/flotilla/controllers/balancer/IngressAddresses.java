package dev.flotilla.controllers.balancer;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.Writes;
import dev.flotilla.model.IngressClaim;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerIngress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerIngressBuilder;

import java.util.List;

/// Keeps what Ingresses that the nodes serve say of where they are reached.
final class IngressAddresses implements Reconciler {
    private final Cluster cluster;
    private final Informer<Ingress> ingresses;
    private final Informer<IngressClass> classes;
    private final Informer<Node> nodes;

    IngressAddresses(
            Cluster cluster,
            Informer<Ingress> ingresses,
            Informer<IngressClass> classes,
            Informer<Node> nodes) {
        this.cluster = cluster;
        this.ingresses = ingresses;
        this.classes = classes;
        this.nodes = nodes;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found =
                ingresses
                        .get(key)
                        .filter(i -> !Owners.leaving(i))
                        .filter(i -> IngressClaim.ours(i, classes.all()));
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var ingress = found.get();
        var wanted = wanted();
        if (wanted.equals(told(ingress))) {
            return Outcome.SETTLED;
        }
        var after =
                new IngressBuilder(ingress)
                        .editOrNewStatus()
                        .editOrNewLoadBalancer()
                        .withIngress(wanted)
                        .endLoadBalancer()
                        .endStatus()
                        .build();
        return Writes.outcome(List.of(cluster.updateStatus(ingress, after)));
    }

    private List<IngressLoadBalancerIngress> wanted() {
        return Gates.of(nodes.all()).stream()
                .map(ip -> new IngressLoadBalancerIngressBuilder().withIp(ip).build())
                .toList();
    }

    private static List<IngressLoadBalancerIngress> told(Ingress ingress) {
        var status = ingress.getStatus();
        return status == null || status.getLoadBalancer() == null
                ? List.of()
                : status.getLoadBalancer().getIngress();
    }
}
