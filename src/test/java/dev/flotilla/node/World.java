package dev.flotilla.node;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.PodToken;
import dev.flotilla.cluster.PodTokens;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.NodeUse;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.Registry;
import dev.flotilla.simulate.ManualTime;
import dev.flotilla.simulate.SimulatedRuntime;
import dev.flotilla.store.Store;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/// One node on a simulated engine under a real store and registry, with one thread, one seed and a
/// clock that only moves when told. The master can go and come back; the engine stays.
final class World implements AutoCloseable {
    static final String NODE = "n1";
    private static final Duration STEP = Duration.ofMillis(100);

    final ManualTime time = new ManualTime();
    final SplittableRandom random;
    final SimulatedRuntime engine;
    final Flaky runtime;
    final List<NodeUse> uses = new ArrayList<>();
    final Cluster cluster;
    private final Registry registry;
    private final Store store = Store.inMemory(time);
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private Informers informers;
    private Kubelets kubelets;
    private Kubelet kubelet;
    private boolean silent;
    private boolean giving;
    private int tokens;
    int signed;

    World(long seed) {
        random = new SplittableRandom(seed);
        engine = new SimulatedRuntime(NODE, 4, 8L << 30, time, random.split());
        runtime = new Flaky(engine, random.split());
        registry = new Registry(store, time, random.split());
        cluster = registry.cluster();
        informers = new Informers(cluster);
        kubelets = kubelets();
        kubelet = attach();
    }

    @Override
    public void close() {
        kubelets.close();
        informers.close();
        store.close();
    }

    /// The master is killed, with whatever it was about to do, and another begins.
    void restartMaster() {
        kubelets.close();
        informers.close();
        tasks.clear();
        informers = new Informers(cluster);
        kubelets = kubelets();
        kubelet = attach();
    }

    /// One step of the master, without the clock.
    void step() {
        switch (random.nextInt(3)) {
            case 0 -> runTask(random.nextInt(Math.max(1, tasks.size())));
            case 1 -> kubelet.loop().step();
            default -> kubelet.tick();
        }
    }

    /// Lets everything that is due happen, for so long.
    void run(Duration howLong) {
        for (var end = time.instant().plus(howLong); time.instant().isBefore(end); ) {
            quiet();
            time.advance(STEP);
        }
        quiet();
    }

    <T extends HasMetadata> T create(T object) {
        if (cluster.create(object) instanceof Written.Done<T>(var made)) {
            return made;
        }
        throw new AssertionError("not created: " + object.getMetadata().getName());
    }

    /// A pod on the node, of one container `web`.
    Pod pod(String name) {
        return pod(name, "nginx:1.27", "Always", List.of());
    }

    Pod pod(String name, String image, String restartPolicy, List<String> command) {
        return create(
                new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(NODE)
                        .withRestartPolicy(restartPolicy)
                        .addNewContainer()
                        .withName("web")
                        .withImage(image)
                        .withCommand(command)
                        .endContainer()
                        .endSpec()
                        .build());
    }

    /// A pod `p` on the node with that specification.
    Pod create(String spec) {
        return create(Pods.of("p", spec));
    }

    /// `kubectl debug`: one more container looks at a pod.
    void visit(String pod, String container, String target) {
        Visit.of(registry, pod, container, target);
    }

    Pod get(String name) {
        return cluster.get(Pod.class, new ObjectKey("default", name)).orElseThrow();
    }

    List<Pod> pods() {
        return cluster.list(Pod.class).items();
    }

    Node node() {
        return cluster.get(Node.class, ObjectKey.of(NODE)).orElseThrow();
    }

    ContainerStatus web(String pod) {
        return get(pod).getStatus().getContainerStatuses().getFirst();
    }

    String ready(Pod pod) {
        return condition(pod, "Ready").getStatus();
    }

    PodCondition condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(c -> c.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /// Where the pod's files lie.
    PodFolder folder(Pod pod) {
        var system = cluster.get(Namespace.class, ObjectKey.of("kube-system")).orElseThrow();
        return new PodFolder(system.getMetadata().getUid(), pod.getMetadata().getUid());
    }

    /// What stands in a file of the pod's first volume that has any.
    String file(Pod pod, String name) {
        var trees = engine.filesOf(folder(pod)).orElseThrow().trees();
        return Objects.requireNonNull(trees.getFirst().files().get(name)).text();
    }

    /// `Reason: message` of the pod's events, oldest first.
    List<String> events(String pod) {
        return cluster.list(Event.class).items().stream()
                .filter(e -> e.getInvolvedObject().getName().equals(pod))
                .map(e -> e.getReason() + ": " + e.getMessage())
                .toList();
    }

    /// Cuts the node off, or lets it answer again.
    void silent(boolean now) {
        silent = now;
        engine.unreachable(now);
    }

    boolean silent() {
        return silent;
    }

    /// The engine's name of a pod's container.
    String container(Pod pod, String name) {
        return engine.containers(pod.getMetadata().getUid()).stream()
                .filter(c -> PodLabels.container(c).equals(name))
                .findFirst()
                .orElseThrow()
                .name();
    }

    private void quiet() {
        kubelet.tick();
        boolean more = true;
        while (more) {
            more = runTask(0);
            more |= kubelet.loop().step();
        }
    }

    private boolean runTask(int which) {
        if (tasks.isEmpty()) {
            return false;
        }
        for (int i = 0; i < which; i++) {
            tasks.addLast(tasks.removeFirst());
        }
        tasks.removeFirst().run();
        return true;
    }

    private Kubelets kubelets() {
        return new Kubelets(
                cluster,
                informers,
                time,
                random.split(),
                uses::add,
                NodeConfig.DEFAULT,
                this::token,
                false);
    }

    /// From now on pods get tokens and know whom to trust.
    void giveTokens() {
        giving = true;
        var key = new ObjectKey("default", "kube-root-ca.crt");
        var map = cluster.get(ConfigMap.class, key).orElseThrow();
        cluster.update(map, new ConfigMapBuilder(map).addToData("ca.crt", "trust me").build());
    }

    /// The n-th token is called so, and is good for as long as was asked.
    private PodTokens.Answer token(Pod pod, @Nullable String audience, Duration lifetime) {
        if (!giving) {
            return new PodTokens.Nobody();
        }
        int n = ++tokens;
        return new PodTokens.Issued(
                new PodToken(
                        () -> {
                            signed++;
                            return "token-" + n;
                        }),
                time.instant().plus(lifetime));
    }

    private Kubelet attach() {
        while (true) {
            try {
                return kubelets.add(NODE, runtime, "simulated", Map.of(), tasks::add);
            } catch (ContainerRuntime.RuntimeUnavailable e) {
                time.advance(STEP);
            }
        }
    }
}
