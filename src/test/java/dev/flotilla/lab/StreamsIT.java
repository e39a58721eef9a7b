package dev.flotilla.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// kubectl's logs, exec, attach, cp and port-forward with containers of a real engine, over SSH.
class StreamsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MIB = 1 << 20;

    private static final String KEEPER =
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: kept}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: keeper}
            spec:
              terminationGracePeriodSeconds: 1
              securityContext: {runAsUser: 4242, runAsGroup: 4242, fsGroup: 4242}
              containers:
              - name: c
                image: busybox:latest
                imagePullPolicy: IfNotPresent
                command: [sh, -c, "[ -e /v/word ] || echo kept > /v/word; exec sleep 10000"]
                volumeMounts: [{name: v, mountPath: /v}]
              volumes: [{name: v, persistentVolumeClaim: {claimName: kept}}]
            """;

    @RegisterExtension static final LabCluster cluster = LabCluster.shared(31);

    @TempDir static Path folder = Path.of("");

    private static Master master;
    private static Kubectl kubectl;

    @BeforeAll
    static void podsRun() {
        master = cluster.master();
        kubectl = cluster.kubectl();
        kubectl.apply(
                pod(
                                "shell",
                                "echo oops >&2; dd if=/dev/zero of=/tmp/big bs=1M count=100; echo"
                                    + " small > /tmp/small; exec httpd -f -p 127.0.0.1:81 -h /tmp")
                        + pod(
                                "again",
                                "n=$(cat /tmp/n 2>/dev/null || echo 1); echo $((n+1)) > /tmp/n;"
                                    + " echo begin $n; until [ -e /tmp/go$n ]; do sleep 0.1; done;"
                                    + " echo end $n; exit 1")
                        + pod("once", "read x; echo got $x"));
        kubectl.run("wait", "--for=condition=Ready", "pod", "--all", "--timeout=60s");
    }

    @AfterAll
    static void leaveNothing() {
        if (kubectl != null) {
            kubectl.run("delete", "pods,pvc", "--all", "--now");
        }
    }

    @Test
    void logsAreOfOneRun() throws Exception {
        var following = start("logs", "-f", "again");
        assertThat(following.inputReader().readLine()).isEqualTo("begin 1");
        goOn(1);
        assertThat(following.inputReader().readLine()).isEqualTo("end 1");
        assertThat(following.inputReader().readLine()).isNull();
        Until.seen("the second run", SOON, () -> kubectl.run("logs", "again"), "begin 2\n"::equals);
        Until.seen("the first", SOON, this::previous, "begin 1\nend 1\n"::equals);
        goOn(2);
        Until.seen("the third run", SOON, () -> kubectl.run("logs", "again"), "begin 3\n"::equals);
        Until.seen("the second", SOON, this::previous, "begin 2\nend 2\n"::equals);
        assertThat(kubectl.run("logs", "-p", "--tail=1", "again")).isEqualTo("end 2\n");
        assertThat(kubectl.run("logs", "--limit-bytes=3", "again")).isEqualTo("beg");
        assertThat(kubectl.run("logs", "--timestamps", "again"))
                .matches("20[-0-9]+T[0-9:]+\\.[0-9]+Z begin 3\n");
        assertThat(kubectl.run("logs", "--since=1s", "shell")).isEmpty();
    }

    private String previous() {
        return kubectl.ask("logs", "-p", "again").out();
    }

    private static void goOn(int run) {
        kubectl.run("exec", "again", "--", "touch", "/tmp/go" + run);
    }

    @Test
    void attachHearsAndIsHeard() throws IOException {
        var words = Files.writeString(folder.resolve("words"), "hello\n");
        var said = Command.run(LIMIT, kubectl.builder("attach", "-i", "once"), words);
        assertThat(said.out()).as(said::toString).contains("got hello");
    }

    @Test
    void execCarriesTenMegabytesAndCodes() throws IOException {
        var file = random(10 * MIB);
        var said =
                Command.run(LIMIT, kubectl.builder("exec", "-i", "shell", "--", "sha256sum"), file);
        assertThat(said.succeeded().out()).startsWith(hash(file));
        var ended = kubectl.ask("exec", "shell", "--", "sh", "-c", "echo a; echo b >&2; exit 3");
        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out()).isEqualTo("a\n");
        assertThat(ended.err()).startsWith("b\n").contains("exit code 3");
    }

    @Test
    void aTerminalHasItsSizeAndHangsUp() throws Exception {
        var exec = "stty cols 99 rows 33; exec kubectl exec -it shell -- sh";
        // A terminal has no size until the client's word of it has come, after the command began.
        var type = "until stty size; do sleep 0.1; done; exit 5\n";
        var words = Files.writeString(folder.resolve("keys"), type);
        var builder = kubectl.builder();
        builder.command("script", "-qec", exec, "/dev/null");
        var said = Command.run(LIMIT, builder, words);
        assertThat(said.out()).contains("33 99");
        assertThat(said.exit()).isEqualTo(5);

        builder.command("script", "-qec", "exec kubectl exec -it shell -- sleep 4242", "/dev/null");
        var left = builder.start();
        Until.seen("the command runs", SOON, this::sleepers, n -> n.equals("1"));
        left.destroyForcibly();
        Until.seen("it is hung up", SOON, this::sleepers, n -> n.equals("0"));
    }

    private String sleepers() {
        var count = "ps | grep -c '[s]leep 4242'";
        return kubectl.ask("exec", "shell", "--", "sh", "-c", count).out().strip();
    }

    @Test
    void copiesFiftyMegabytesBothWays() throws IOException {
        var file = random(50 * MIB);
        kubectl.run("cp", file.toString(), "shell:/tmp/copy");
        assertThat(kubectl.run("exec", "shell", "--", "sha256sum", "/tmp/copy"))
                .startsWith(hash(file));
        var back = folder.resolve("back");
        kubectl.run("cp", "shell:/tmp/copy", back.toString());
        assertThat(hash(back)).isEqualTo(hash(file));
    }

    /// What is reached listens on the loopback of its pod alone.
    @Test
    void forwardsAPort() throws Exception {
        var forward = start("port-forward", "shell", ":81");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var line = forward.inputReader().readLine();
            var port = Pattern.compile("127.0.0.1:(\\d+) -> 81").matcher(line);
            assertThat(port.find()).as(line).isTrue();
            var at = "http://127.0.0.1:" + port.group(1);
            var all =
                    IntStream.range(0, 100)
                            .mapToObj(_ -> threads.submit(() -> size(at + "/small")))
                            .toList();
            for (var each : all) {
                assertThat(each.get()).as(() -> read("errors") + master.said()).isEqualTo(6);
            }
            assertThat(size(at + "/big")).isEqualTo(100L * MIB);
        } finally {
            forward.destroyForcibly();
        }
    }

    @Test
    void oneOutputOfALogAndAPageThroughTheProxy() {
        var shell = "/api/v1/namespaces/default/pods/shell";
        var oops = kubectl.run("get", "--raw", shell + "/log?stream=Stderr");
        assertThat(oops).startsWith("oops\n");
        assertThat(kubectl.run("get", "--raw", shell + "/log?stream=Stdout")).isEmpty();
        assertThat(kubectl.run("get", "--raw", shell + ":81/proxy/small")).isEqualTo("small\n");
        var gone = kubectl.ask("get", "--raw", shell + ":81/proxy/none");
        assertThat(gone.err()).contains("NotFound");
    }

    @Test
    void aVolumeIsSavedAndRestored() throws IOException {
        kubectl.apply(KEEPER);
        kubectl.run("wait", "--for=condition=Ready", "pod/keeper", "--timeout=60s");
        var file = folder.resolve("kept.tar.gz");
        var saved = copied("save", file);
        assertThat(saved).contains("Complete").contains("these pods may write to it");
        assertThat(Command.run(LIMIT, List.of("tar", "-tvzf", file.toString())).succeeded().out())
                .contains("4242/4242", "./word");
        kubectl.run("exec", "keeper", "--", "sh", "-c", "echo other > /v/word; touch /v/more");
        assertThat(copied("restore", file)).contains("Failed").contains("end them first");
        kubectl.run("delete", "pod", "keeper", "--now");
        assertThat(copied("restore", file)).contains("Complete");
        kubectl.apply(KEEPER);
        kubectl.run("wait", "--for=condition=Ready", "pod/keeper", "--timeout=60s");
        assertThat(kubectl.run("exec", "keeper", "--", "sh", "-c", "cat /v/word; ls /v"))
                .isEqualTo("kept\nword\n");
    }

    /// How it ended, and what was said.
    private static String copied(String way, Path file) {
        var made =
                kubectl.apply(
                        """
                        apiVersion: flotilla.dev/v1alpha1
                        kind: VolumeCopy
                        metadata: {name: %1$s-%3$d}
                        spec: {namespace: default, claim: kept, %1$s: "%2$s"}
                        """
                                .formatted(way, file, System.nanoTime()));
        var name = made.split(" ", -1)[0];
        var status = "jsonpath={.status.phase} {.status.message}";
        return Until.seen(
                "the copy is over",
                SOON,
                () -> kubectl.run("get", name, "-o", status),
                said -> said.startsWith("Complete") || said.startsWith("Failed"));
    }

    @Test
    void whatWaitsSaysSo() {
        kubectl.apply(pod("waits", "true").replace("busybox:latest", "nowhere.invalid/none:1"));
        Until.seen(
                "logs say why there are none",
                SOON,
                () -> kubectl.ask("logs", "waits").err(),
                said ->
                        said.contains(
                                        "(BadRequest): container \"c\" in pod \"waits\" is waiting"
                                                + " to start: image can't be pulled")
                                || said.contains(
                                        "is waiting to start: trying and failing to pull image"));
        assertThat(kubectl.ask("exec", "waits", "--", "true").err())
                .contains("container not found (\"c\")");
        kubectl.run("delete", "pod", "waits", "--wait=false");
    }

    private static String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// @return less than 0 if there is no answer
    private static long size(String uri) throws IOException {
        var connection = URI.create(uri).toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        try (var in = connection.getInputStream()) {
            return in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketException e) {
            return -1;
        }
    }

    private static Process start(String... words) throws IOException {
        return kubectl.builder(words).redirectError(folder.resolve("errors").toFile()).start();
    }

    private static String hash(Path file) {
        return Command.run(LIMIT, List.of("sha256sum", file.toString()))
                .succeeded()
                .out()
                .substring(0, 64);
    }

    private static Path random(int size) throws IOException {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(folder.resolve("random" + size), bytes);
    }

    private static String pod(String name, String script) {
        return """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: %s}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - name: c
            image: busybox:latest
            imagePullPolicy: IfNotPresent
            stdin: true
            command: [sh, -c, "%s"]
        """
                .formatted(name, script);
    }
}
