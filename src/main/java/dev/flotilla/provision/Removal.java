package dev.flotilla.provision;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.PodLabels;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Takes a machine out of the cluster: our containers off it, as far as it can be reached, and its
/// Node away. Its pods are collected by the controllers.
final class Removal {
    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

    /// Nobody waits longer for a machine that is to go.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Cluster cluster;

    Removal(Cluster cluster) {
        this.cluster = cluster;
    }

    /// Removes every container of this cluster, side by side, within bounded time.
    void clean(String machine, ContainerRuntime runtime) {
        var done = new CountDownLatch(1);
        Thread.ofVirtual()
                .name("clean " + machine)
                .start(
                        () -> {
                            try {
                                remove(runtime);
                            } catch (RuntimeException e) {
                                LOG.warn(
                                        "Containers may be left on machine {}: {}",
                                        machine,
                                        e.getMessage());
                            } finally {
                                done.countDown();
                            }
                        });
        try {
            if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn(
                        "Containers may be left on machine {}: it took longer than {} s",
                        machine,
                        PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove(ContainerRuntime runtime) {
        var ours =
                cluster.get(Namespace.class, ObjectKey.of("kube-system"))
                        .map(n -> n.getMetadata().getUid())
                        .orElse("");
        for (var container : runtime.containers()) {
            if (ours.equals(container.labels().getOrDefault(PodLabels.CLUSTER, ours))) {
                runtime.remove(container.id());
            }
        }
    }

    /// @return whether the Node is gone
    boolean deleteNode(String name) {
        var node = cluster.get(Node.class, ObjectKey.of(name));
        return node.isEmpty() || cluster.delete(node.get(), Deletion.NOW).done();
    }
}
