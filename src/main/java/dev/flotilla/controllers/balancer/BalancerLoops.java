package dev.flotilla.controllers.balancer;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// The loops of this package.
public final class BalancerLoops {
    private BalancerLoops() {}

    public static List<Loop> loops(Cluster cluster, Informers informers, InstantSource time) {
        var nodes = informers.of(Node.class);
        var services = informers.of(Service.class);
        var ingresses = informers.of(Ingress.class);
        var classes = informers.of(IngressClass.class);
        var balancers =
                new Loop("balancers", new Balancers(cluster, services, nodes), informers, time);
        var addresses =
                new Loop(
                        "ingressaddresses",
                        new IngressAddresses(cluster, ingresses, classes, nodes),
                        informers,
                        time);
        services.listen(change -> balancers.mark(ObjectKey.of(change.object())));
        ingresses.listen(change -> addresses.mark(ObjectKey.of(change.object())));
        classes.listen(_ -> markAll(addresses, ingresses));
        var gates = new AtomicReference<>(List.<String>of());
        nodes.listen(
                _ -> {
                    var now = Gates.of(nodes.all());
                    if (!now.equals(gates.getAndSet(now))) {
                        markAll(balancers, services);
                        markAll(addresses, ingresses);
                    }
                });
        return List.of(balancers, addresses);
    }

    private static <T extends HasMetadata> void markAll(Loop loop, Informer<T> objects) {
        objects.all().forEach(o -> loop.mark(ObjectKey.of(o)));
    }
}
