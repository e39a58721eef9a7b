package dev.flotilla.controllers.collect;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.InstantSource;

/// Removes pods that nobody can stop any more: those bound to a node that does not exist.
public final class PodGc implements Reconciler {
    private final Cluster cluster;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;

    PodGc(Cluster cluster, Informers informers) {
        this.cluster = cluster;
        this.pods = informers.of(Pod.class);
        this.nodes = informers.of(Node.class);
    }

    public static Loop loop(Cluster cluster, Informers informers, InstantSource time) {
        var reconciler = new PodGc(cluster, informers);
        var loop = new Loop("pod-gc", reconciler, informers, time);
        reconciler.pods.listen(
                change -> {
                    if (change instanceof Change.Put && reconciler.nodeIsUnknown(change.object())) {
                        loop.mark(ObjectKey.of(change.object()));
                    }
                });
        reconciler.nodes.listen(
                change -> {
                    if (change instanceof Change.Deleted) {
                        reconciler.pods.all().stream()
                                .filter(reconciler::nodeIsUnknown)
                                .forEach(p -> loop.mark(ObjectKey.of(p)));
                    }
                });
        return loop;
    }

    /// Asks the cluster, not the cache, whether the node is gone: it may just have come.
    @Override
    public Outcome reconcile(ObjectKey key) {
        var lost = pods.get(key).filter(this::nodeIsUnknown);
        if (lost.isEmpty()) {
            return Outcome.SETTLED;
        }
        var pod = lost.get();
        var node = ObjectKey.of(pod.getSpec().getNodeName());
        if (cluster.get(Node.class, node).isPresent()) {
            return Outcome.SETTLED;
        }
        return cluster.delete(pod, Deletion.NOW).done()
                ? Outcome.SETTLED
                : Outcome.again(Duration.ofSeconds(1));
    }

    private boolean nodeIsUnknown(Pod pod) {
        var node = PodState.node(pod);
        return node != null && nodes.get(ObjectKey.of(node)).isEmpty();
    }
}
