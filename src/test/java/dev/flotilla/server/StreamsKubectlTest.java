package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import dev.flotilla.cluster.PodStreams.Size;
import dev.flotilla.lab.MostlyWaits;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The real kubectl's exec, attach, cp and port-forward, over WebSockets as it does today and over
/// SPDY as older ones do. The containers' processes run on this computer.
@MostlyWaits
class StreamsKubectlTest {
    private static final int MIB = 1 << 20;

    @TempDir static Path shared;
    private static final LocalStreams streams = new LocalStreams();
    private static TestServer server;
    private static Https https;
    private static Kubectl kubectl;

    @TempDir Path temp;

    @BeforeAll
    static void start() {
        Kubectl.require();
        server = new TestServer(shared, streams);
        https = server.https();
        kubectl = new Kubectl(server.kubeconfig, shared);
        var pods = new StreamPods(https);
        pods.running("one", "n1", "a");
        pods.running("two", "n1", "a", "missing");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            https.close();
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void execCarriesTenMegabytesThere(boolean sockets) throws Exception {
        var file = random(10 * MIB);
        var said = run(sockets, file, "exec", "-i", "one", "--", "sha256sum");
        assertThat(said.ok().out()).startsWith(hash(file));
        // Who reads only the beginning is not made to read the rest.
        var little = run(sockets, file, "exec", "-i", "one", "--", "head", "-c", "5");
        assertThat(little.ok().out()).hasSizeBetween(1, 5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void execTellsBothOutputsAndHowItEnded(boolean sockets) throws Exception {
        var script = "echo said; echo complained >&2; exit 3";
        var said = run(sockets, null, "exec", "one", "--", "sh", "-c", script);
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.out()).isEqualTo("said\n");
        assertThat(said.err()).isEqualTo("complained\ncommand terminated with exit code 3\n");
        var missing = run(sockets, null, "exec", "two", "-c", "missing", "--", "true");
        assertThat(missing.fails().err())
                .contains("unable to upgrade connection: container not found (\"missing\")");
        var wrong = run(sockets, null, "exec", "two", "-c", "none", "--", "true");
        assertThat(wrong.fails().err()).contains("container none is not valid for pod two");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void attachTalksWithTheContainersOwnProcess(boolean sockets) throws Exception {
        var words = Files.writeString(temp.resolve("words"), "hello\n");
        var said = run(sockets, words, "attach", "-i", "one");
        assertThat(said.ok().out()).isEqualTo("attached\nhello\ndetached\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTerminalTellsItsSize(boolean sockets) throws Exception {
        int columns = sockets ? 99 : 98;
        var exec = String.join(" ", builder(sockets, "exec", "-it", "one", "--", "cat").command());
        var builder = builder(sockets);
        builder.command(
                "script", "-qec", "stty cols %d rows 33; %s".formatted(columns, exec), "/dev/null");
        var process = builder.redirectErrorStream(true).start();
        try {
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            synchronized (streams.sizes) {
                while (!streams.sizes.contains(new Size(columns, 33))) {
                    assertThat(System.nanoTime()).as("sizes: " + streams.sizes).isLessThan(end);
                    streams.sizes.wait(100);
                }
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProcessEndsWhenItsClientLeaves(boolean sockets) throws Exception {
        var process =
                builder(sockets, "exec", "one", "--", "sh", "-c", "echo on; sleep 1000").start();
        assertThat(process.inputReader().readLine()).isEqualTo("on");
        process.destroyForcibly();
        assertThat(streams.left.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void copiesFiftyMegabytesBothWays() throws Exception {
        var file = random(50 * MIB);
        var there = Files.createDirectory(temp.resolve("there"));
        kubectl.ok("cp", file.toString(), "one:" + there.resolve("copy"));
        assertThat(hash(there.resolve("copy"))).isEqualTo(hash(file));
        var back = temp.resolve("back");
        kubectl.ok("cp", "one:" + there.resolve("copy"), back.toString());
        assertThat(hash(back)).isEqualTo(hash(file));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void forwardsAPort(boolean sockets) throws Exception {
        var web = web(100 * MIB);
        var process =
                builder(sockets, "port-forward", "pod/one", ":80")
                        .redirectErrorStream(true)
                        .start();
        try (var client = HttpClient.newHttpClient();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            streams.ports.put(80, web.getAddress().getPort());
            var line = process.inputReader().readLine();
            var port = Pattern.compile("127.0.0.1:(\\d+) -> 80").matcher(line);
            assertThat(port.find()).as(line).isTrue();
            var at = "http://127.0.0.1:" + port.group(1);
            var all =
                    IntStream.range(0, 100)
                            .mapToObj(i -> threads.submit(() -> get(at + "/echo?" + i)))
                            .toList();
            for (int i = 0; i < 100; i++) {
                assertThat(all.get(i).get()).isEqualTo("/echo?" + i);
            }
            var big = HttpRequest.newBuilder(URI.create(at + "/big")).build();
            try (var body = client.send(big, BodyHandlers.ofInputStream()).body()) {
                assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(100L * MIB);
            }
        } finally {
            process.destroyForcibly();
            web.stop(0);
        }
    }

    /// A connection of its own each: a client that keeps one open would not make many.
    private static String get(String uri) throws IOException {
        var connection = URI.create(uri).toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HttpServer web(long bytes) throws IOException {
        var web =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        web.createContext(
                "/echo",
                exchange -> {
                    var said = exchange.getRequestURI().toString().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, said.length);
                    try (var out = exchange.getResponseBody()) {
                        out.write(said);
                    }
                });
        web.createContext(
                "/big",
                exchange -> {
                    exchange.sendResponseHeaders(200, bytes);
                    try (var out = exchange.getResponseBody()) {
                        var part = new byte[MIB];
                        for (long left = bytes; left > 0; left -= part.length) {
                            out.write(part);
                        }
                    }
                });
        web.start();
        return web;
    }

    private ProcessBuilder builder(boolean sockets, String... args) {
        var builder = kubectl.builder(args);
        var word = String.valueOf(sockets);
        builder.environment()
                .putAll(
                        Map.of(
                                "KUBECTL_REMOTE_COMMAND_WEBSOCKETS",
                                word,
                                "KUBECTL_PORT_FORWARD_WEBSOCKETS",
                                word));
        return builder;
    }

    private Kubectl.Said run(boolean sockets, @Nullable Path input, String... args)
            throws IOException, InterruptedException {
        var out = temp.resolve("out");
        var err = temp.resolve("err");
        var process =
                builder(sockets, args)
                        .redirectInput(
                                input == null ? Path.of("/dev/null").toFile() : input.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("it ended; it said " + Files.readString(err)).isTrue();
        return new Kubectl.Said(process.exitValue(), read(out), Files.readString(err));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private Path random(int size) throws IOException {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(temp.resolve("random"), bytes);
    }

    private static String hash(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[MIB];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
