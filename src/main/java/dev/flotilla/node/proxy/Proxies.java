package dev.flotilla.node.proxy;

import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.net.Cidr;
import dev.flotilla.node.plan.PodPlan;
import dev.flotilla.traffic.Planner;
import dev.flotilla.traffic.dns.PodName;
import dev.flotilla.traffic.plan.Picture;
import dev.flotilla.traffic.routes.NodePaths;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The proxies of all attached nodes, each with a loop of its own: one that does not answer holds
/// up no other.
public final class Proxies implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Proxies.class);

    /// Somebody may have changed on the node what nobody tells us.
    private static final Duration LOOK = Duration.ofSeconds(5);

    /// Which of the Services' addresses is the name server's.
    private static final int NAME_SERVER = 53;

    private static final Duration UNREACHABLE = Duration.ofSeconds(1);

    private final Informers informers;
    private final InstantSource time;
    private final String podCidr;
    private final String serviceCidr;
    private final String nameServer;
    private final Informer<Service> services;
    private final Informer<EndpointSlice> slices;
    private final Informer<Node> nodes;
    private final Informer<Ingress> ingresses;
    private final Informer<IngressClass> classes;
    private final Informer<Secret> secrets;
    private final Informer<Pod> pods;
    private final Planner planner = new Planner();
    private final Map<String, Loop> loops = new ConcurrentHashMap<>();

    /// @param podCidr of all pods
    /// @param serviceCidr of all Services
    public Proxies(Informers informers, InstantSource time, String podCidr, String serviceCidr) {
        this.informers = informers;
        this.time = time;
        this.podCidr = podCidr;
        this.serviceCidr = serviceCidr;
        this.nameServer = Cidr.parse(serviceCidr).address(NAME_SERVER);
        this.services = informers.of(Service.class);
        this.slices = informers.of(EndpointSlice.class);
        this.nodes = informers.of(Node.class);
        this.ingresses = informers.of(Ingress.class);
        this.classes = informers.of(IngressClass.class);
        this.secrets = informers.of(Secret.class);
        this.pods = informers.of(Pod.class);
        services.listen(_ -> markAll());
        slices.listen(_ -> markAll());
        nodes.listen(_ -> markAll());
        ingresses.listen(_ -> markAll());
        classes.listen(_ -> markAll());
        secrets.listen(change -> when(isCertificate(change.object())));
        pods.listen(change -> when(name(change.object()).isPresent()));
    }

    /// Has that node carry the cluster's Services from now on.
    public void attach(String node, NodeProxy proxy) {
        add(node, proxy).start(1);
    }

    /// The same with no thread: a simulation steps the loop.
    Loop add(String node, NodeProxy proxy) {
        detach(node);
        var loop = new Loop("proxy-" + node, _ -> bring(node, proxy), informers, time);
        loops.put(node, loop);
        loop.mark(ObjectKey.of(node));
        return loop;
    }

    /// Leaves the node alone: it carries on.
    public void detach(String node) {
        var loop = loops.remove(node);
        if (loop != null) {
            loop.close();
        }
    }

    @Override
    public void close() {
        List.copyOf(loops.keySet()).forEach(this::detach);
    }

    private Outcome bring(String node, NodeProxy proxy) {
        try {
            proxy.bring(traffic(node));
            return Outcome.again(LOOK);
        } catch (RuntimeUnavailable e) {
            LOG.debug("node {}: Services are behind: {}", node, e.getMessage());
            return Outcome.again(UNREACHABLE);
        } catch (RefusedByEngine e) {
            LOG.warn("node {}: Services are behind: {}", node, e.getMessage());
            return Outcome.REFUSED;
        }
    }

    private Traffic traffic(String node) {
        var picture =
                new Picture(
                        List.copyOf(services.all()),
                        List.copyOf(slices.all()),
                        List.copyOf(nodes.all()),
                        List.copyOf(ingresses.all()),
                        List.copyOf(classes.all()),
                        secrets.all().stream().filter(Proxies::isCertificate).toList());
        return new Traffic(
                planner.plan(picture, node),
                NodePaths.of(picture, node, podCidr, serviceCidr),
                nameServer,
                picture,
                pods.all().stream().flatMap(p -> name(p).stream()).toList());
    }

    private static boolean isCertificate(Secret secret) {
        return "kubernetes.io/tls".equals(secret.getType());
    }

    private static Optional<PodName> name(Pod pod) {
        var address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        return address == null || address.isEmpty() || PodPlan.isOver(pod)
                ? Optional.empty()
                : Optional.of(new PodName(pod.getMetadata().getNamespace(), address));
    }

    private void when(boolean concerned) {
        if (concerned) {
            markAll();
        }
    }

    private void markAll() {
        loops.forEach((node, loop) -> loop.mark(ObjectKey.of(node)));
    }
}
