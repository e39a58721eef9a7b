package dev.flotilla.server;

import dev.flotilla.cluster.PodStreams;
import dev.flotilla.model.NodeUse;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.Registry;
import dev.flotilla.server.pki.Pki;
import dev.flotilla.store.Retention;
import dev.flotilla.store.Store;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// The real server on any free port, over the real registry and a store in memory.
final class TestServer implements AutoCloseable {
    /// Kept between runs, because making keys takes its time.
    static final Path KEYS = Path.of("target", "test-keys");

    final Store store;
    final Registry registry;
    final List<NodeUse> use = new CopyOnWriteArrayList<>();
    private volatile @Nullable RuntimeException useFailure;
    final ApiServer server;
    final Pki pki = pki();
    final Path kubeconfig;

    TestServer(Path temp) {
        this(temp, Retention.STANDARD);
    }

    /// @param retention how much history is kept
    TestServer(Path temp, Retention retention) {
        this(temp, retention, null, PodStreams.NONE, Limits.STANDARD);
    }

    /// @param limits how long to wait for clients, and how many to serve at once
    TestServer(Path temp, Limits limits) {
        this(temp, Retention.STANDARD, null, PodStreams.NONE, limits);
    }

    /// @param audit where to keep who did what
    TestServer(Path temp, Path audit) {
        this(temp, Retention.STANDARD, audit, PodStreams.NONE, Limits.STANDARD);
    }

    /// @param streams to and from containers
    TestServer(Path temp, PodStreams streams) {
        this(temp, Retention.STANDARD, null, streams, Limits.STANDARD);
    }

    /// @param audit where to keep who did what
    TestServer(Path temp, PodStreams streams, Path audit) {
        this(temp, Retention.STANDARD, audit, streams, Limits.STANDARD);
    }

    private TestServer(
            Path temp,
            Retention retention,
            @Nullable Path audit,
            PodStreams streams,
            Limits limits) {
        store = Store.inMemory(InstantSource.system(), retention);
        registry = new Registry(store, InstantSource.system(), new Random(1));
        var config = new ServerConfig("127.0.0.1", 0, KEYS, List.of(), "0.1.0", audit);
        var time = InstantSource.system();
        server =
                new ApiServer(
                        Door.of(config, time.instant()),
                        registry,
                        this::use,
                        config,
                        time,
                        streams,
                        limits);
        server.start();
        kubeconfig = temp.resolve("kubeconfig");
        server.writeKubeconfig(kubeconfig);
    }

    /// Tests run in two lanes, and the first of all makes the keys.
    private static synchronized Pki pki() {
        return Pki.open(KEYS, "127.0.0.1", List.of(), InstantSource.system().instant());
    }

    /// A client that shows the token and no certificate.
    Https https() {
        return Https.withToken(server.uri(), pki);
    }

    KubernetesClient fabric8() throws IOException {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .build();
    }

    /// From now on nobody can say what is used.
    void failUse(RuntimeException why) {
        useFailure = why;
    }

    private List<NodeUse> use() {
        if (useFailure != null) {
            throw useFailure;
        }
        return use;
    }

    /// From now on the node uses so much, and the pod of the namespace `default` so much of it.
    void uses(
            String node, long cpuMillis, long bytes, String pod, long podCpuMillis, long podBytes) {
        var container = new NodeUse.ContainerUse(pod, podCpuMillis, podBytes);
        var ofPod = new NodeUse.PodUse(new ObjectKey("default", pod), List.of(container));
        use.add(
                new NodeUse(
                        node,
                        InstantSource.system().instant(),
                        Duration.ofSeconds(2),
                        cpuMillis,
                        bytes,
                        List.of(ofPod)));
    }

    @Override
    public void close() {
        server.close();
        store.close();
    }
}
