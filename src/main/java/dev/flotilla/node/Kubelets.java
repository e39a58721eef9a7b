package dev.flotilla.node;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.PodStreams;
import dev.flotilla.cluster.PodTokens;
import dev.flotilla.cluster.Rush;
import dev.flotilla.model.NodeUse;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.health.Absentees;
import dev.flotilla.node.health.NodeObject;
import dev.flotilla.node.health.NodeWrites;
import dev.flotilla.node.net.PodCidrs;
import dev.flotilla.node.stream.AttachedStreams;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The kubelets of all attached nodes. A node is what one [ContainerRuntime] reaches.
public final class Kubelets implements AutoCloseable {
    private final KubeletContext context;
    private final PodCidrs cidrs;
    private final Map<String, NodeThreads> running = new ConcurrentHashMap<>();
    private final Map<String, Kubelet> kubelets = new ConcurrentHashMap<>();
    private final Absentees absentees;

    public Kubelets(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            RandomGenerator random,
            Consumer<NodeUse> use) {
        this(cluster, informers, time, random, use, NodeConfig.DEFAULT);
    }

    /// @param use told of each node's use every two seconds, from any thread
    public Kubelets(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            RandomGenerator random,
            Consumer<NodeUse> use,
            NodeConfig config) {
        this(cluster, informers, time, random, use, config, PodTokens.NONE, true);
    }

    /// @param use told of each node's use every two seconds, from any thread
    /// @param tokens for pods that talk to the API
    public Kubelets(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            RandomGenerator random,
            Consumer<NodeUse> use,
            NodeConfig config,
            PodTokens tokens) {
        this(cluster, informers, time, random, use, config, tokens, true);
    }

    /// @param alone false if a simulation does all the steps and no thread may do any
    Kubelets(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            RandomGenerator random,
            Consumer<NodeUse> use,
            NodeConfig config,
            PodTokens tokens,
            boolean alone) {
        var pods = KubeletContext.byNode(informers.of(Pod.class));
        var rush = Rush.ofComing(informers, time);
        var nodes = informers.of(Node.class);
        var writes = new NodeWrites(cluster, time);
        this.context =
                new KubeletContext(
                        cluster,
                        informers,
                        pods,
                        nodes,
                        events(cluster, informers, time, random, alone),
                        writes,
                        time,
                        use,
                        config,
                        clusterId(cluster),
                        new HeldTokens(tokens, time),
                        rush);
        this.cidrs = new PodCidrs(config.clusterCidr());
        this.absentees = new Absentees(nodes, writes, kubelets::containsKey, time);
        pods.listen(this::podChanged);
        informers.headsOf(ConfigMap.class).listen(this::configChanged);
        informers.headsOf(Secret.class).listen(this::configChanged);
        if (alone) {
            absentees.start();
        }
    }

    /// Makes a node of what `runtime` reaches: registers it or brings its Node up to date, takes
    /// over the containers that run there, and tends its pods from now on. A node of that name that
    /// was attached before is detached first.
    ///
    /// @param runtime stays the caller's, who closes it after [#detach]
    /// @param runtimeMark value of the label [dev.flotilla.model.Marks#RUNTIME]
    /// @param extraLabels for the Node
    /// @throws ContainerRuntime.RuntimeUnavailable if it does not answer; nothing is attached then
    public void attach(
            String nodeName,
            ContainerRuntime runtime,
            String runtimeMark,
            Map<String, String> extraLabels) {
        detach(nodeName);
        var threads = new NodeThreads(nodeName);
        try {
            var kubelet = add(nodeName, runtime, runtimeMark, extraLabels, threads);
            running.put(nodeName, threads);
            threads.start(kubelet);
        } catch (RuntimeException e) {
            threads.close();
            throw e;
        }
    }

    /// Leaves a node alone; its containers go on. Its Node turns not ready soon, unless it is
    /// deleted or attached again.
    public void detach(String nodeName) {
        var kubelet = kubelets.remove(nodeName);
        var threads = running.remove(nodeName);
        if (kubelet != null) {
            kubelet.close();
        }
        if (threads != null) {
            threads.close();
        }
        cidrs.release(nodeName);
    }

    /// What reaches that node; empty if it is not attached.
    public Optional<ContainerRuntime> runtime(String nodeName) {
        return Optional.ofNullable(kubelets.get(nodeName)).map(Kubelet::runtime);
    }

    /// The images of that node are others now: its Node soon tells of them.
    public void imagesChanged(String nodeName) {
        Optional.ofNullable(kubelets.get(nodeName)).ifPresent(Kubelet::imagesChanged);
    }

    /// What flows to and from the pods of all attached nodes.
    public PodStreams streams() {
        return new AttachedStreams(
                node -> Optional.ofNullable(kubelets.get(node)).map(Kubelet::streams));
    }

    @Override
    public void close() {
        absentees.close();
        for (var node : kubelets.keySet()) {
            detach(node);
        }
    }

    /// Attaches with no thread: a simulation ticks the kubelet and steps its loop.
    Kubelet add(
            String nodeName,
            ContainerRuntime runtime,
            String runtimeMark,
            Map<String, String> extraLabels,
            Executor executor) {
        var info = runtime.info();
        var cidr = cidrs.of(nodeName, context.cluster().list(Node.class).items());
        var object = new NodeObject(nodeName, info, cidr, runtimeMark, extraLabels);
        var kubelet = new Kubelet(context, object, runtime, executor);
        try {
            kubelet.begin();
        } catch (RuntimeException e) {
            kubelet.close();
            throw e;
        }
        kubelets.put(nodeName, kubelet);
        kubelet.markAll();
        return kubelet;
    }

    private void podChanged(Change<Pod> change) {
        var node = change.object().getSpec().getNodeName();
        if (node != null) {
            Optional.ofNullable(kubelets.get(node))
                    .ifPresent(k -> k.mark(ObjectKey.of(change.object())));
        }
    }

    private void configChanged(Change<? extends HasMetadata> change) {
        if (change instanceof Change.Put) {
            var namespace = change.object().getMetadata().getNamespace();
            kubelets.values().forEach(k -> k.configChanged(namespace));
        }
    }

    private static EventRecorder events(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            RandomGenerator random,
            boolean alone) {
        return alone
                ? new EventRecorder(
                        cluster,
                        time,
                        random,
                        "kubelet",
                        Thread::startVirtualThread,
                        Rush.ofAll(informers, time)::rest)
                : new EventRecorder(cluster, time, random, "kubelet", Runnable::run);
    }

    private static String clusterId(Cluster cluster) {
        return cluster.get(Namespace.class, ObjectKey.of("kube-system"))
                .map(n -> n.getMetadata().getUid())
                .orElse("");
    }
}
