package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A watch over a WebSocket, as browsers and fabric8 ask for it.
class SocketWatchTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    /// A reader who takes nothing is let go after this.
    private static final Limits HASTY =
            new Limits(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(1),
                    256,
                    1024,
                    Duration.ofSeconds(30));

    @TempDir Path temp;
    private TestServer server;
    private Https https;

    @BeforeEach
    void start() {
        server = new TestServer(temp, HASTY);
        https = server.https();
    }

    @AfterEach
    void stop() {
        https.close();
        server.close();
    }

    @Test
    void tellsEachEventInAMessageOfItsOwn() throws InterruptedException {
        create("was", "1");
        var ear = new Ear();
        var socket = connect(ear, "?watch=1&fieldSelector=metadata.name!=kube-root-ca.crt");
        assertThat(ear.next())
                .startsWith("{\"type\":\"ADDED\",")
                .contains("\"was\"")
                .endsWith("}\n");
        create("big", "x".repeat(500_000));
        var big = JsonMapper.shared().readTree(ear.next());
        assertThat(big.at("/object/data/key").asString()).hasSize(500_000);
        assertThat(https.delete(MAPS + "/was").code()).isEqualTo(200);
        assertThat(ear.next()).startsWith("{\"type\":\"DELETED\",").contains("\"was\"");

        socket.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})).join();
        assertThat(ear.next()).isEqualTo("pong 3");
        socket.sendText("nobody listens", true).join();
        create("after", "1");
        assertThat(ear.next()).contains("\"after\"");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThat(ear.next()).isEqualTo("closed 1000");
        awaitWatches(0);
    }

    @ParameterizedTest
    @CsvSource({
        "?watch=1&timeoutSeconds=1&resourceVersion=1,{\"type\":",
        "?watch=1&timeoutSeconds=1&allowWatchBookmarks=true,{\"type\":\"BOOKMARK\""
    })
    void endsWithANormalClose(String query, String last) throws InterruptedException {
        var ear = new Ear();
        connect(ear, query);
        var before = "";
        var now = ear.next();
        for (; now.startsWith("{"); now = ear.next()) {
            before = now;
        }
        assertThat(before).startsWith(last);
        assertThat(now).isEqualTo("closed 1000");
        awaitWatches(0);
    }

    @Test
    void saysThatARevisionIsGoneAsAnEvent() throws InterruptedException {
        var ear = new Ear();
        connect(ear, "?watch=1&resourceVersion=999999");
        assertThat(ear.next()).startsWith("{\"type\":\"ERROR\"").contains("\"kind\":\"Status\"");
        assertThat(ear.next()).isEqualTo("closed 1000");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/nothings?watch=1,404",
        MAPS + "?watch=1&resourceVersion=x,400",
        MAPS + "?watch=1&labelSelector=!!,400"
    })
    void isRefusedInPlainHttp(String path, int code) {
        var refused =
                https.client()
                        .newWebSocketBuilder()
                        .header("Authorization", "Bearer " + server.pki.token())
                        .buildAsync(uri(path), new Ear());
        assertThatThrownBy(refused::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(code));
        awaitWatches(0);
    }

    @Test
    void isRefusedWithAStatusToWhoGreetsWrong() throws IOException {
        try (var wire = new Wire(server, https.client().sslContext(), "http/1.1")) {
            greet(wire, "7", "");
            var answer = wire.answer();
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("Sec-WebSocket-Version: 13")
                    .contains("\"kind\":\"Status\"");
            // The connection is good for more.
            greet(wire, "13", "Sec-WebSocket-Protocol: one, two\r\n");
            assertThat(wire.line()).startsWith("HTTP/1.1 101");
            var head = head(wire);
            assertThat(head)
                    .containsIgnoringCase("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .containsIgnoringCase("Sec-WebSocket-Protocol: one\n")
                    .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
        }
        awaitWatches(0);
    }

    @Test
    void takesTheTokenOfABrowserAsASubprotocol() throws InterruptedException {
        var token = server.pki.token().getBytes(StandardCharsets.UTF_8);
        var coded = Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        var prefix = "base64url.bearer.authorization.k8s.io.";
        var ear = new Ear();
        var socket =
                https.client()
                        .newWebSocketBuilder()
                        .subprotocols(prefix + coded, "base64.binary.k8s.io")
                        .buildAsync(uri(MAPS + "?watch=1"), ear)
                        .join();
        assertThat(socket.getSubprotocol()).isEqualTo("base64.binary.k8s.io");
        create("seen", "1");
        assertThat(ear.until("\"seen\"")).contains("ADDED");
        socket.abort();
        awaitWatches(0);
        for (var wrong : new String[][] {{prefix + "eHg", "v"}, {prefix + "*", "v"}}) {
            var refused =
                    https.client()
                            .newWebSocketBuilder()
                            .subprotocols(wrong[0], wrong[1])
                            .buildAsync(uri(MAPS + "?watch=1"), new Ear());
            assertThatThrownBy(refused::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
        }
    }

    @Test
    void letsGoOfWhoReadsNothing() throws IOException {
        try (var wire = new Wire(server, https.client().sslContext(), "http/1.1")) {
            greet(wire, "13", "");
            awaitWatches(1);
            var end = System.nanoTime() + 60_000_000_000L;
            for (var made = 0; watches() > 0; made++) {
                assertThat(System.nanoTime()).as("still there after a minute").isLessThan(end);
                create("m" + made, "x".repeat(500_000));
            }
        }
    }

    @Test
    void isWhatFabric8Uses() throws Exception {
        try (var client = server.fabric8()) {
            var heard = new LinkedBlockingQueue<String>();
            var watcher =
                    new Watcher<ConfigMap>() {
                        @Override
                        public void eventReceived(Action action, ConfigMap map) {
                            heard.add(action + " " + map.getMetadata().getName());
                        }

                        @Override
                        public void onClose(WatcherException cause) {
                            heard.add("closed " + cause);
                        }
                    };
            var maps = client.configMaps().inNamespace("default").withName("mine");
            try (var watch = maps.watch(watcher)) {
                assertThat(watch).isNotNull();
                create("mine", "1");
                assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("ADDED mine");
                assertThat(https.delete(MAPS + "/mine").code()).isEqualTo(200);
                assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("DELETED mine");
            }
            awaitWatches(0);
            assertThat(metric("apiserver_request_total{", "code=\"101\"")).isEqualTo(1);
        }
    }

    private WebSocket connect(Ear ear, String query) {
        return https.client()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + server.pki.token())
                .buildAsync(uri(MAPS + query), ear)
                .join();
    }

    private URI uri(String path) {
        return URI.create(server.server.uri().toString().replace("https:", "wss:") + path);
    }

    private void greet(Wire wire, String version, String more) throws IOException {
        wire.say(
                """
                GET %s?watch=1 HTTP/1.1\r
                Host: a\r
                Authorization: Bearer %s\r
                Connection: keep-alive, Upgrade\r
                Upgrade: WebSocket\r
                Origin: http://elsewhere\r
                Sec-WebSocket-Key: %s\r
                Sec-WebSocket-Version: %s\r
                Sec-WebSocket-Extensions: permessage-deflate\r
                %s\r
                """
                        .formatted(MAPS, server.pki.token(), KEY, version, more));
    }

    private static String head(Wire wire) throws IOException {
        var head = new StringBuilder();
        for (var line = wire.line(); !line.isEmpty(); line = wire.line()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    private void create(String name, String value) {
        var body =
                "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"key\":\"%s\"}}".formatted(name, value);
        assertThat(https.post(MAPS, body).code()).isEqualTo(201);
    }

    private void awaitWatches(long open) {
        var end = System.nanoTime() + 20_000_000_000L;
        while (watches() != open) {
            assertThat(System.nanoTime()).as("waiting for %d watches", open).isLessThan(end);
        }
    }

    private long watches() {
        return metric("flotilla_open_watches ", "");
    }

    private long metric(String name, String label) {
        return https.get("/metrics")
                .response()
                .body()
                .lines()
                .filter(l -> l.startsWith(name) && l.contains(label))
                .mapToLong(l -> Long.parseLong(l.substring(l.lastIndexOf(' ') + 1)))
                .sum();
    }

    /// Takes down what the server says, message for message.
    private static final class Ear implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        String next() throws InterruptedException {
            var next = heard.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("what the server says within 20 s").isNotNull();
            return next;
        }

        String until(String word) throws InterruptedException {
            var next = next();
            while (!next.contains(word)) {
                next = next();
            }
            return next;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                heard.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            heard.add("pong " + message.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            heard.add("closed " + code);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            heard.add("failed " + error);
        }
    }
}
