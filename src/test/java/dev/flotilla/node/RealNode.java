package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.PodToken;
import dev.flotilla.cluster.PodTokens;
import dev.flotilla.cluster.Written;
import dev.flotilla.lab.Lab;
import dev.flotilla.lab.LabNode;
import dev.flotilla.lab.Until;
import dev.flotilla.metrics.Meter;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.pressure.Thresholds;
import dev.flotilla.registry.Registry;
import dev.flotilla.remote.DockerRuntime;
import dev.flotilla.remote.LabRuntime;
import dev.flotilla.store.Store;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A kubelet over SSH on a lab node with a real engine, under a registry in memory.
final class RealNode implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);

    final LabNode node;
    final Meter meter = new Meter();
    final Cluster cluster;
    final Registry registry;
    private final Lab lab;
    private final Clock clock = Clock.systemUTC();
    private final Store store = Store.inMemory(clock);
    private DockerRuntime runtime;
    private Informers informers;
    private Kubelets kubelets;

    RealNode(Lab lab) {
        this.lab = lab;
        this.node = lab.node(1);
        this.registry = new Registry(store, clock, new Random(1));
        this.cluster = registry.cluster();
        this.runtime = LabRuntime.over(lab, node);
        this.informers = new Informers(cluster);
        trust();
        this.kubelets = start();
    }

    private void trust() {
        var key = new ObjectKey("default", "kube-root-ca.crt");
        var map = cluster.get(ConfigMap.class, key).orElseThrow();
        cluster.update(map, new ConfigMapBuilder(map).addToData("ca.crt", "trust me").build());
    }

    /// Another master begins.
    void restart() {
        stop();
        runtime = LabRuntime.over(lab, node);
        informers = new Informers(cluster);
        kubelets = start();
    }

    /// Deletes every pod, and sees that nothing of it is left.
    @Override
    public void close() {
        for (var pod : cluster.list(Pod.class).items()) {
            cluster.delete(pod, new Deletion(false, 1L));
        }
        Until.seen("no pod is left", SOON, () -> cluster.list(Pod.class).items(), List::isEmpty);
        assertThat(ours()).isEmpty();
        stop();
        store.close();
    }

    <T extends HasMetadata> T create(T object) {
        if (cluster.create(object) instanceof Written.Done<T>(var made)) {
            return made;
        }
        throw new AssertionError("not created: " + object.getMetadata().getName());
    }

    Pod pod(String name) {
        return cluster.get(Pod.class, new ObjectKey("default", name)).orElseThrow();
    }

    ContainerStatus ready(String name) {
        Until.seen(
                name + " is ready",
                SOON,
                () -> pod(name).getStatus(),
                status ->
                        !status.getContainerStatuses().isEmpty()
                                && status.getContainerStatuses().stream()
                                        .allMatch(ContainerStatus::getReady));
        return pod(name).getStatus().getContainerStatuses().getFirst();
    }

    /// Ids of all containers of pods.
    List<String> ours() {
        return labelled(PodLabels.UID);
    }

    /// Ids of the containers of that name in their pods.
    List<String> ours(String container) {
        return labelled(PodLabels.CONTAINER + "=" + container);
    }

    private List<String> labelled(String label) {
        return node.docker("ps", "-aq", "--no-trunc", "--filter", "label=" + label)
                .lines()
                .toList();
    }

    private void stop() {
        kubelets.close();
        informers.close();
        runtime.close();
    }

    private Kubelets start() {
        informers.start();
        var started =
                new Kubelets(
                        cluster,
                        informers,
                        clock,
                        new Random(2),
                        meter::take,
                        NodeConfig.DEFAULT.with(Thresholds.parse("memory.available<100Mi")),
                        (pod, _, lifetime) ->
                                new PodTokens.Issued(
                                        new PodToken(
                                                () -> "token of " + pod.getMetadata().getName()),
                                        clock.instant().plus(lifetime)));
        started.attach("n1", runtime, "docker-ssh", Map.of());
        return started;
    }
}
