package dev.flotilla.node.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Written;
import dev.flotilla.lab.Lab;
import dev.flotilla.lab.LabPair;
import dev.flotilla.lab.Until;
import dev.flotilla.model.ErrandStatus;
import dev.flotilla.model.ImagePush;
import dev.flotilla.model.ImagePushSpec;
import dev.flotilla.model.ImagePushStatus;
import dev.flotilla.model.MachineSpec;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.Kubelets;
import dev.flotilla.node.NodeConfig;
import dev.flotilla.node.image.ImageCleaning;
import dev.flotilla.node.pressure.Thresholds;
import dev.flotilla.provision.VmSystems;
import dev.flotilla.registry.Registry;
import dev.flotilla.remote.DockerRuntime;
import dev.flotilla.remote.LabRuntime;
import dev.flotilla.store.Store;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Images on their way between two real engines that reach no registry.
@LabPair
class ImagesIT {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final int BIG = 8_000_000;

    @RegisterExtension static final Lab lab = Lab.pair();

    @TempDir Path folder;

    private final Clock clock = Clock.systemUTC();
    private final Store store = Store.inMemory(clock);
    private final Cluster cluster = new Registry(store, clock, new Random(1)).cluster();
    private final Informers informers = new Informers(cluster);
    private final List<DockerRuntime> runtimes = new ArrayList<>();
    private final Kubelets kubelets =
            new Kubelets(
                    cluster,
                    informers,
                    clock,
                    new Random(2),
                    _ -> {},
                    NodeConfig.DEFAULT.with(Thresholds.parse("memory.available<100Mi")));
    private final ImagePushes pushes =
            new ImagePushes(cluster, informers, new Around(), clock, Thread::startVirtualThread);
    private final Loop loop = new Loop("imagepushes", pushes, informers, clock);

    private final class Around implements Surroundings {
        @Override
        public Optional<ContainerRuntime> node(String name) {
            return kubelets.runtime(name);
        }

        @Override
        public void changed(String node) {
            kubelets.imagesChanged(node);
        }

        @Override
        public ContainerRuntime here(@Nullable String socket) {
            return DockerRuntime.at(Path.of(String.valueOf(socket)), clock);
        }

        @Override
        public InputStream system(ImagePushSpec.Vm vm) throws IOException {
            return new VmSystems(cluster)
                    .open(vm.ssh(), Objects.requireNonNullElse(vm.exclude(), List.of()));
        }

        @Override
        public Path scratch() {
            return folder.resolve("scratch");
        }
    }

    @BeforeEach
    void start() {
        pushes.wake(loop);
        informers.start();
        for (int i = 1; i <= 2; i++) {
            var runtime = LabRuntime.over(lab, lab.node(i));
            runtimes.add(runtime);
            kubelets.attach("n" + i, runtime, "docker-ssh", Map.of());
        }
        loop.start(1);
    }

    @AfterEach
    void stop() {
        loop.close();
        pushes.close();
        kubelets.close();
        informers.close();
        runtimes.forEach(DockerRuntime::close);
        store.close();
    }

    @Test
    void anImageIsBuiltAndGoesFromNodeToNodeByItsMissingLayers() throws IOException {
        var app = folder.resolve("app");
        Files.createDirectories(app.resolve("src"));
        var big = new byte[BIG];
        new Random(3).nextBytes(big);
        Files.write(app.resolve("big"), big);
        Files.writeString(app.resolve("src/small"), "one");
        Files.writeString(app.resolve("src/hidden"), "hush");
        Files.writeString(app.resolve(".dockerignore"), "src/hidden\n");
        Files.writeString(
                app.resolve("Dockerfile"),
                """
                FROM busybox:latest
                ARG WHO
                COPY big /big
                COPY src /all
                RUN echo hello $WHO > /who
                """);

        var first = done(built(app, "app:1"));
        assertThat(first.output()).contains("COPY big /big", "Successfully tagged app:1");
        assertThat(node(first, "n2").layers()).isEqualTo(3);
        assertThat(node(first, "n2").sentBytes()).isGreaterThan(BIG);
        assertThat(ran("app:1", "cat /all/small /who; ls /all | grep -c hidden || true"))
                .startsWith("onehello you\n0");

        Files.writeString(app.resolve("src/small"), "two");
        long received = received();
        var second = done(built(app, "app:2"));
        assertThat(received() - received).as("bytes that left the nodes").isLessThan(BIG / 4);
        assertThat(node(second, "n2").layers()).isEqualTo(2);
        assertThat(node(second, "n2").sentBytes()).isLessThan(20_000L);
        assertThat(ran("app:2", "cat /all/small; wc -c < /big")).isEqualTo("two" + BIG + "\n");

        overASlowLine();
        fromArchive();
        fromThisComputersEngine();
        nodesTellTheirImages();
        aBuildThatIsCalledOffEnds(app);
        failuresSayWhat(app);
        aMachinesSystemRunsAsAContainer();
        unusedImagesAreCleanedAway();
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    /// What can be packed goes packed.
    private void overASlowLine() throws IOException {
        lab.node(1)
                .exec(
                        "sh",
                        "-c",
                        "mkdir /tmp/wide; yes flotilla | head -c 24000000 > /tmp/wide/words; echo"
                            + " 'FROM busybox:latest' > /tmp/wide/Dockerfile; echo 'COPY words /'"
                            + " >> /tmp/wide/Dockerfile; docker build -q -t wide:1 /tmp/wide");
        lab.node(2).slow(24);
        long sent = sent();
        try {
            done(
                    new ImagePushSpec(
                            "wide:1",
                            null,
                            null,
                            new ImagePushSpec.OnNode("n1"),
                            null,
                            null,
                            List.of("n2")));
        } finally {
            lab.node(2).slow(0);
        }
        assertThat(sent() - sent).as("bytes to the nodes").isLessThan(6_000_000);
        assertThat(ran("wide:1", "wc -c < /words")).isEqualTo("24000000\n");
        lab.nodes().forEach(n -> n.docker("rmi", "wide:1"));
    }

    /// By the laptop's card of the lab.
    private static long received() throws IOException {
        return count("rx_bytes");
    }

    private static long sent() throws IOException {
        return count("tx_bytes");
    }

    private static long count(String what) throws IOException {
        var card = Path.of("/sys/class/net/flotilla0/statistics");
        return Long.parseLong(Files.readString(card.resolve(what)).strip());
    }

    /// To node 1 from a file, then on to node 2.
    private void fromArchive() throws IOException {
        lab.node(1)
                .exec("sh", "-c", "docker save app:2 | gzip > /root/app.tar.gz; docker rmi app:2");
        var file = folder.resolve("app.tar.gz");
        Files.copy(lab.node(1).path("/root/app.tar.gz"), file);
        var sent =
                done(
                        new ImagePushSpec(
                                "renamed:1",
                                null,
                                new ImagePushSpec.Archive(file.toString()),
                                null,
                                null,
                                null,
                                List.of("n1")));
        assertThat(node(sent, "n1").phase()).isEqualTo("Complete");
        assertThat(node(sent, "n1").bytes()).isLessThan(100_000L);
        assertThat(lab.node(2).run("docker", "inspect", "renamed:1").exit()).isNotZero();
        lab.node(2).docker("rmi", "app:1", "app:2");
        var on =
                done(
                        new ImagePushSpec(
                                "renamed:1",
                                null,
                                null,
                                new ImagePushSpec.OnNode("n1"),
                                null,
                                null,
                                List.of("n2")));
        assertThat(node(on, "n2").layers()).isEqualTo(3);
        assertThat(node(on, "n2").bytes()).isEqualTo(node(on, "n2").sentBytes()).isGreaterThan(BIG);
        assertThat(ran("renamed:1", "cat /all/small")).isEqualTo("two");
        var again =
                done(
                        new ImagePushSpec(
                                "renamed:1",
                                null,
                                null,
                                new ImagePushSpec.OnNode("n1"),
                                null,
                                null,
                                null));
        assertThat(again.nodes()).allMatch(n -> n.phase().equals("Complete") && n.bytes() == null);
    }

    /// Node 1's engine plays the one of this computer.
    private void fromThisComputersEngine() {
        lab.node(1).docker("tag", "web:1", "other/web:2");
        var sent =
                done(
                        new ImagePushSpec(
                                "other/web:2",
                                new ImagePushSpec.Engine(lab.node(1).localSocket().toString()),
                                null,
                                null,
                                null,
                                null,
                                List.of("n2")));
        assertThat(node(sent, "n2").bytes()).isZero();
        lab.node(2).docker("inspect", "other/web:2");
    }

    private void nodesTellTheirImages() {
        Until.seen(
                "node 2 tells of what was pushed",
                SOON,
                () -> cluster.get(Node.class, ObjectKey.of("n2")).orElseThrow().getStatus(),
                status ->
                        status.getImages().stream()
                                .anyMatch(
                                        i ->
                                                i.getNames().contains("renamed:1")
                                                        && i.getSizeBytes() > BIG));
    }

    private void aBuildThatIsCalledOffEnds(Path app) throws IOException {
        Files.writeString(app.resolve("Dockerfile"), "FROM busybox:latest\nRUN sleep 600\n");
        var push = create(built(app, "never:1"));
        Until.seen(
                "the build runs",
                SOON,
                () -> lab.node(1).docker("ps", "--no-trunc", "--format", "{{.Command}}"),
                said -> said.contains("sleep 600"));
        var _ = cluster.delete(push, Deletion.NOW);
        Until.seen(
                "the build has ended",
                SOON,
                () -> lab.node(1).docker("ps", "--no-trunc", "--format", "{{.Command}}"),
                said -> !said.contains("sleep 600"));
    }

    private void failuresSayWhat(Path app) throws IOException {
        Files.writeString(app.resolve("Dockerfile"), "FROM busybox:latest\nRUN exit 7\n");
        assertThat(over(built(app, "bad:1")).message())
                .contains("exit 7", "returned a non-zero code: 7");
        var gone = new ImagePushSpec.Archive("/no/such.tar");
        assertThat(over(new ImagePushSpec(null, null, gone, null, null, null, null)).message())
                .isEqualTo("/no/such.tar: no such file on the master's computer");
        assertThat(
                        over(new ImagePushSpec(
                                        "a:1",
                                        null,
                                        null,
                                        new ImagePushSpec.OnNode("n1"),
                                        null,
                                        null,
                                        List.of("n9")))
                                .message())
                .isEqualTo("there is no node \"n9\"; there are: n1, n2");
    }

    /// Node 1 is the machine, node 2 has it then; most of it is left out to save time.
    private void aMachinesSystemRunsAsAContainer() {
        var key =
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("key")
                        .withNamespace("flotilla-system");
        var _ =
                cluster.create(
                        key.endMetadata().addToStringData("privateKey", lab.privateKey()).build());
        var node = lab.node(1);
        node.exec("sh", "-c", "echo old server > /etc/motto; echo left out > /srv/big");
        var leave =
                List.of(
                        "usr/share",
                        "usr/bin/[!cdls]*",
                        "usr/bin/docker*",
                        "usr/bin/containerd*",
                        "usr/bin/ctr",
                        "usr/bin/dnet",
                        "usr/sbin/*",
                        "usr/lib/systemd",
                        "usr/lib/x86_64-linux-gnu/gconv*",
                        "usr/lib/x86_64-linux-gnu/systemd",
                        "usr/lib/x86_64-linux-gnu/lib[!cdps]*",
                        "var/*",
                        "usr/lib/x86_64-linux-gnu/perl*",
                        "usr/lib/python3*",
                        "/srv/big");
        var unpinned = new MachineSpec.Ssh(node.address(), node.sshPort(), "root", "key", null);
        var without = new ImagePushSpec.Vm(unpinned, "true", null);
        assertThat(over(system(without)).message()).contains(node.hostKey());
        var ssh =
                new MachineSpec.Ssh(node.address(), node.sshPort(), "root", "key", node.hostKey());
        done(system(new ImagePushSpec.Vm(ssh, "cat /etc/motto; ls /srv /proc/1/comm", leave)));
        assertThat(lab.node(2).docker("run", "--rm", "old:1"))
                .isEqualTo("old server\n/proc/1/comm\n\n/srv:\n");
        lab.node(2).docker("rmi", "old:1");
    }

    private static ImagePushSpec system(ImagePushSpec.Vm vm) {
        return new ImagePushSpec("old:1", null, null, null, null, vm, List.of("n2"));
    }

    private void unusedImagesAreCleanedAway() {
        var node = lab.node(2);
        node.docker("tag", "web:1", "web:again");
        node.docker("create", "--name", "stranger", "pause:1", "x");
        var freed =
                new ImageCleaning(
                                () -> runtimes.getLast().images(), Set.of("busybox:latest"), clock)
                        .freeAll();
        assertThat(freed).isGreaterThan(BIG);
        assertThat(node.docker("images", "-a", "--format", "{{.Repository}}:{{.Tag}}").lines())
                .containsExactlyInAnyOrder("busybox:latest", "pause:1");
    }

    private static ImagePushSpec built(Path folder, String image) {
        return new ImagePushSpec(
                image,
                null,
                null,
                null,
                new ImagePushSpec.Build(folder.toString(), null, "n1", Map.of("WHO", "you")),
                null,
                null);
    }

    private String ran(String image, String script) {
        return lab.node(2).docker("run", "--rm", image, "sh", "-c", script);
    }

    private ImagePushStatus done(ImagePushSpec spec) {
        var status = over(spec);
        assertThat(status.phase()).as(status.toString()).isEqualTo("Complete");
        return status;
    }

    private ImagePushStatus over(ImagePushSpec spec) {
        var key = ObjectKey.of(create(spec));
        Until.seen(
                "the push is over",
                SOON,
                () -> cluster.get(ImagePush.class, key).orElseThrow(),
                p -> ErrandStatus.over(p.getStatus()));
        return cluster.get(ImagePush.class, key).orElseThrow().getStatus();
    }

    private ImagePush create(ImagePushSpec spec) {
        var push = new ImagePush();
        push.setMetadata(new ObjectMetaBuilder().withGenerateName("push-").build());
        push.setSpec(spec);
        if (cluster.create(push) instanceof Written.Done<ImagePush>(var made)) {
            return made;
        }
        throw new AssertionError("not created: " + spec);
    }

    private static ImagePushStatus.OnNode node(ImagePushStatus status, String name) {
        return Objects.requireNonNull(status.nodes()).stream()
                .filter(n -> n.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
