package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Streams in each of the protocols that clients other than kubectl speak.
class StreamsProtocolTest {
    private static final int MIB = 1 << 20;

    @TempDir static Path temp;
    private static final LocalStreams streams = new LocalStreams();
    private static TestServer server;
    private static Https https;

    @BeforeAll
    static void start() {
        server = new TestServer(temp, streams);
        https = server.https();
        var pods = new StreamPods(https);
        pods.running("one", "n1", "a");
        pods.running("two", "n1", "a", "missing");
        pods.running("gone", "lost", "a");
        pods.waiting("waiting", "{\"name\":\"a\",\"image\":\"i\"}");
    }

    @AfterAll
    static void stop() {
        https.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v5.channel.k8s.io",
                "v4.channel.k8s.io",
                "v4.base64.channel.k8s.io",
                "channel.k8s.io",
                "base64.channel.k8s.io"
            })
    void saysBothOutputsAndTheOutcome(String protocol) throws Exception {
        var ear = new Ear(protocol.contains("base64"));
        var socket =
                connect(
                        ear,
                        "/one/exec?stdin=1&stdout=1&stderr=1&command=sh&command=-c"
                                + "&command=read+x;echo+got+$x;echo+bad+>%262;exit+7",
                        protocol);
        assertThat(socket.getSubprotocol()).isEqualTo(protocol);
        ear.say(socket, 0, "word\n");
        assertThat(ear.closed()).isEqualTo(1000);
        assertThat(ear.heard(1)).isEqualTo("got word\n");
        assertThat(ear.heard(2)).isEqualTo("bad\n");
        var words =
                "command terminated with non-zero exit code: error executing command"
                        + " [sh -c read x;echo got $x;echo bad >&2;exit 7], exit code 7";
        if (protocol.startsWith("v")) {
            var status = JsonMapper.shared().readTree(ear.heard(3));
            assertThat(status.path("message").asString()).isEqualTo(words);
            assertThat(status.path("reason").asString()).isEqualTo("NonZeroExitCode");
            assertThat(status.at("/details/causes/0/reason").asString()).isEqualTo("ExitCode");
            assertThat(status.at("/details/causes/0/message").asString()).isEqualTo("7");
        } else {
            assertThat(ear.heard(3)).isEqualTo(words);
        }
    }

    @Test
    void theFifthEndsOneChannelAndTheOthersGoOn() throws Exception {
        var ear = new Ear(false);
        var socket =
                connect(
                        ear,
                        "/one/exec?stdin=1&stdout=1&command=wc&command=-c",
                        "v5.channel.k8s.io");
        ear.say(socket, 0, "four");
        socket.sendBinary(ByteBuffer.wrap(new byte[] {(byte) 255, 0}), true).join();
        assertThat(ear.closed()).isEqualTo(1000);
        assertThat(ear.heard(1).strip()).isEqualTo("4");
        assertThat(ear.heard(3)).isEqualTo("{\"metadata\":{},\"status\":\"Success\"}");
    }

    /// Messages of a mebibyte each, to a process that reads nothing until it is told to.
    @Test
    void whoReadsNothingHoldsUpTheClientAndNotTheServersMemory() throws Exception {
        var go = temp.resolve("go");
        var ear = new Ear(false);
        var script = "while ! [ -e %s ]; do sleep 0.05; done; wc -c".formatted(go);
        var socket =
                connect(
                        ear,
                        "/one/exec?stdin=1&stdout=1&command=sh&command=-c&command="
                                + script.replace(" ", "+"),
                        "v5.channel.k8s.io");
        var message = new byte[1 + MIB];
        int sent = 0;
        CompletableFuture<WebSocket> last = CompletableFuture.completedFuture(socket);
        try {
            for (; sent < 64; sent++) {
                last = socket.sendBinary(ByteBuffer.wrap(message), true);
                last.get(2, TimeUnit.SECONDS);
            }
        } catch (TimeoutException e) {
            assertThat(sent).as("mebibytes that were taken").isLessThan(40);
        }
        assertThat(sent).as("mebibytes that were taken").isLessThan(64);
        Files.createFile(go);
        last.get(30, TimeUnit.SECONDS);
        socket.sendBinary(ByteBuffer.wrap(new byte[] {(byte) 255, 0}), true).join();
        assertThat(ear.closed()).isEqualTo(1000);
        assertThat(ear.heard(1).strip()).isEqualTo(String.valueOf((sent + 1L) * MIB));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v4.channel.k8s.io", "v4.base64.channel.k8s.io"})
    void forwardsPortsInChannels(String protocol) throws Exception {
        try (var echo = new ServerSocket(0)) {
            Thread.startVirtualThread(() -> echo(echo));
            streams.ports.put(70, echo.getLocalPort());
            var ear = new Ear(protocol.contains("base64"));
            var socket = connect(ear, "/one/portforward?ports=70&ports=71", protocol);
            ear.say(socket, 0, "hello");
            assertThat(ear.closed()).isEqualTo(1000);
            assertThat(ear.heard(0)).isEqualTo("F\0hello");
            assertThat(ear.heard(1)).isEqualTo("F\0");
            assertThat(ear.heard(2)).isEqualTo("G\0");
            assertThat(ear.heard(3))
                    .isEqualTo(
                            "G\0error forwarding port 71 to pod one, uid : connect: connection"
                                    + " refused");
        }
    }

    private static void echo(ServerSocket server) {
        try (var one = server.accept()) {
            one.getOutputStream().write(one.getInputStream().readNBytes(5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theNewestHearsInItsOwnStreamWhyThereIsNothing() throws Exception {
        var answers =
                Map.of(
                        "/two/exec?stdout=1&container=missing",
                        "unable to upgrade connection: container not found (\"missing\")",
                        "/one/exec?command=x",
                        "unable to upgrade connection: you must specify at least 1 of stdin,"
                                + " stdout, stderr",
                        "/gone/attach?stdout=1",
                        "error dialing backend: dial tcp: no route to host");
        for (var each : answers.entrySet()) {
            var ear = new Ear(false);
            connect(ear, each.getKey(), "v5.channel.k8s.io");
            assertThat(ear.closed()).isEqualTo(1000);
            var status = JsonMapper.shared().readTree(ear.heard(3));
            assertThat(status.path("message").asString())
                    .isEqualTo("Internal error occurred: " + each.getValue());
            assertThat(status.path("code").asInt()).isEqualTo(500);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/one/exec?stdout=1, v9.channel.k8s.io, 403",
        "/one/exec, v4.channel.k8s.io, 400",
        "/two/exec?stdout=1&container=missing, v4.channel.k8s.io, 500",
        "/gone/exec?stdout=1, v4.channel.k8s.io, 500",
        "/two/exec?stdout=1, v5.channel.k8s.io, 400",
        "/none/exec?stdout=1, v5.channel.k8s.io, 404",
        "/waiting/attach?stdout=1, v5.channel.k8s.io, 400",
        "/one/portforward, v4.channel.k8s.io, 400",
        "/one/portforward?ports=0, v4.channel.k8s.io, 400",
        "/one/portforward?ports=70000, v4.channel.k8s.io, 400"
    })
    void othersAreRefusedInPlainHttp(String path, String protocol, int code) {
        assertThatThrownBy(() -> connect(new Ear(false), path, protocol))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(code));
    }

    @Test
    void withoutAnUpgradeThereIsNothing() throws IOException {
        for (var path : new String[] {"/one/exec?stdout=1", "/one/attach", "/one/portforward"}) {
            for (var reply :
                    new Https.Reply[] {
                        https.get(StreamPods.PODS + path), https.post(StreamPods.PODS + path, "")
                    }) {
                assertThat(reply.code()).isEqualTo(400);
                assertThat(reply.json().path("message").asString())
                        .isEqualTo("Upgrade request required");
                assertThat(reply.json().path("reason").asString()).isEqualTo("BadRequest");
            }
        }
        assertThat(https.delete(StreamPods.PODS + "/one/exec").code()).isEqualTo(405);
        var waiting = https.get(StreamPods.PODS + "/waiting/exec?stdout=1").json();
        assertThat(waiting.path("message").asString())
                .isEqualTo("pod waiting does not have a host assigned");
        try (var wire = new Wire(server, https.client().sslContext(), "http/1.1")) {
            wire.say(
                    "POST %s/one/exec?stdout=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n"
                            .formatted(StreamPods.PODS, server.pki.token()));
            assertThat(wire.answer())
                    .startsWith("HTTP/1.1 400")
                    .contains("unable to upgrade: missing upgrade headers in request");
        }
    }

    @Test
    void fabric8RunsCommandsAndForwardsPorts() throws Exception {
        try (var client = server.fabric8();
                var echo = new ServerSocket(0)) {
            Thread.startVirtualThread(() -> echo(echo));
            streams.ports.put(72, echo.getLocalPort());
            var pod = client.pods().inNamespace("default").withName("one");
            var out = new ByteArrayOutputStream();
            try (var exec = pod.writingOutput(out).exec("sh", "-c", "echo said; exit 4")) {
                assertThat(exec.exitCode().get(30, TimeUnit.SECONDS)).isEqualTo(4);
            }
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("said\n");
            try (var forward = pod.portForward(72);
                    var socket =
                            new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
                socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
                assertThat(socket.getInputStream().readNBytes(5))
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("hello");
            }
        }
    }

    private static WebSocket connect(Ear ear, String path, String protocol) {
        var uri = server.server.uri().toString().replace("https:", "wss:") + StreamPods.PODS + path;
        return https.client()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + server.pki.token())
                .subprotocols(protocol)
                .buildAsync(URI.create(uri.replace(">", "%3E").replace("$", "%24")), ear)
                .join();
    }

    /// Takes down what the server says, channel by channel.
    private static final class Ear implements WebSocket.Listener {
        private final boolean text;
        private final Map<Integer, ByteArrayOutputStream> heard = new TreeMap<>();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        Ear(boolean text) {
            this.text = text;
        }

        void say(WebSocket socket, int channel, String words) {
            var bytes = words.getBytes(StandardCharsets.UTF_8);
            if (text) {
                socket.sendText(channel + Base64.getEncoder().encodeToString(bytes), true).join();
                return;
            }
            var whole = ByteBuffer.allocate(1 + bytes.length).put((byte) channel).put(bytes);
            socket.sendBinary(whole.flip(), true).join();
        }

        int closed() throws Exception {
            return closed.get(60, TimeUnit.SECONDS);
        }

        synchronized String heard(int channel) {
            var all = heard.get(channel);
            return all == null ? "" : all.toString(StandardCharsets.UTF_8);
        }

        private synchronized void hear(byte[] part, boolean last) {
            message.writeBytes(part);
            if (!last) {
                return;
            }
            var whole = message.toByteArray();
            message.reset();
            var bytes = Arrays.copyOfRange(whole, 1, whole.length);
            heard.computeIfAbsent(
                            text ? whole[0] - '0' : (int) whole[0],
                            _ -> new ByteArrayOutputStream())
                    .writeBytes(text ? Base64.getDecoder().decode(bytes) : bytes);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            var part = new byte[data.remaining()];
            data.get(part);
            hear(part, last);
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            hear(data.toString().getBytes(StandardCharsets.US_ASCII), last);
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
