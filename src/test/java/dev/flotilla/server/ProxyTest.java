package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.flotilla.lab.Until;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// `pods/proxy` and `services/proxy`, with pods that are this computer.
class ProxyTest {
    private static final String HERE = "/api/v1/namespaces/default/";
    private static final String POD = StreamPods.PODS + "/one:80/proxy";
    private static final int MIB = 1 << 20;

    @TempDir static Path temp;
    private static final LocalStreams streams = new LocalStreams();
    private static final CountDownLatch more = new CountDownLatch(1);
    private static final CountDownLatch gone = new CountDownLatch(1);
    private static TestServer server;
    private static Https https;
    private static HttpServer web;

    @BeforeAll
    static void start() throws IOException {
        server = new TestServer(temp, streams);
        https = server.https();
        var pods = new StreamPods(https);
        pods.running("one", "n1", "a");
        address("one", "10.42.0.7");
        pods.running("two", "n1", "a");
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        web.createContext("/", ProxyTest::tell);
        web.createContext("/sent-on", e -> answer(e, 302, "", "Location", "/login?a=b"));
        web.createContext("/out", e -> answer(e, 302, "", "Location", "https://example.com/x"));
        web.createContext("/size", ProxyTest::size);
        web.createContext("/slow", ProxyTest::slow);
        web.createContext("/endless", ProxyTest::endless);
        web.start();
        streams.ports.put(80, web.getAddress().getPort());
        service();
    }

    @AfterAll
    static void stop() {
        more.countDown();
        web.stop(0);
        https.close();
        server.close();
    }

    /// What the pod was asked, and with which headers.
    private static void tell(HttpExchange exchange) throws IOException {
        var text = new StringBuilder();
        text.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI());
        text.append('\n');
        exchange.getRequestHeaders()
                .forEach(
                        (name, values) ->
                                text.append(name.toLowerCase(Locale.ROOT))
                                        .append(": ")
                                        .append(String.join(",", values))
                                        .append('\n'));
        text.append('\n');
        text.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        answer(
                exchange,
                exchange.getRequestURI().getPath().equals("/teapot") ? 418 : 200,
                text.toString(),
                "Access-Control-Allow-Origin",
                "*",
                "X-Of-The-Pod",
                "yes");
    }

    private static void answer(HttpExchange exchange, int code, String body, String... headers)
            throws IOException {
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
        }
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(code, none ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            if (!none) {
                out.write(bytes);
            }
        }
    }

    private static void size(HttpExchange exchange) throws IOException {
        long size = 0;
        try (var in = exchange.getRequestBody()) {
            var buffer = new byte[MIB];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
            }
        }
        answer(exchange, 200, String.valueOf(size));
    }

    private static void slow(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            out.write("first\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            more.await();
            out.write("second\n".getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            while (!more.await(20, TimeUnit.MILLISECONDS)) {
                out.write(new byte[1000]);
                out.flush();
            }
        } catch (IOException e) {
            gone.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @CsvSource({"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void everyMethodReachesThePod(String method) {
        var reply =
                https.send(
                        https.request(POD + "/a%20b/c?x=1&y=%2F", "X-Mine", "kept")
                                .method(
                                        method,
                                        method.equals("GET")
                                                ? BodyPublishers.noBody()
                                                : BodyPublishers.ofString("body")),
                        BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body())
                .startsWith(method + " /a%20b/c?x=1&y=%2F\n")
                .contains("x-mine: kept\n")
                .contains("x-forwarded-for: 127.0.0.1\n")
                .contains("x-forwarded-uri: " + POD + "/a%20b/c\n")
                .contains("host: " + server.server.uri().getAuthority() + "\n")
                .doesNotContain("authorization")
                .endsWith(method.equals("GET") ? "\n\n" : "\n\nbody");
        assertThat(reply.headers().firstValue("X-Of-The-Pod")).contains("yes");
        assertThat(reply.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void whatThePodAnswersIsTheAnswer() {
        var reply = https.send(https.request(POD + "/teapot").GET(), BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(418);
        var head =
                https.send(
                        https.request(POD + "/teapot").method("HEAD", BodyPublishers.noBody()),
                        BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(418);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void redirectsStayBehindTheProxy() {
        assertThat(location("/sent-on")).isEqualTo(POD + "/login?a=b");
        assertThat(location("/out")).isEqualTo("https://example.com/x");
        assertThat(location("?q=1")).isEqualTo(POD + "/?q=1");
        var root = https.send(https.request(POD + "/").GET(), BodyHandlers.ofString());
        assertThat(root.body()).startsWith("GET /\n");
    }

    private static String location(String path) {
        var reply = https.send(https.request(POD + path).GET(), BodyHandlers.ofString());
        assertThat(reply.statusCode()).isBetween(301, 302);
        return reply.headers().firstValue("Location").orElse("");
    }

    /// More than any body that the API server itself takes.
    @Test
    void muchIsCarriedAndNothingHeld() {
        var bytes = new byte[8 * MIB];
        new Random(1).nextBytes(bytes);
        var known =
                https.send(
                        https.request(POD + "/size").POST(BodyPublishers.ofByteArray(bytes)),
                        BodyHandlers.ofString());
        assertThat(known.body()).isEqualTo(String.valueOf(bytes.length));
        var chunked =
                https.send(
                        https.request(POD + "/size")
                                .POST(BodyPublishers.ofByteArrays(List.of(bytes, bytes))),
                        BodyHandlers.ofString());
        assertThat(chunked.body()).isEqualTo(String.valueOf(2 * bytes.length));
    }

    @Test
    void whatComesLateIsWaitedFor() throws IOException {
        var response = https.send(https.request(POD + "/slow").GET(), BodyHandlers.ofInputStream());
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("first");
            try (var wire = new Wire(server, https.client().sslContext(), "http/1.1")) {
                wire.say(
                        "GET %s/endless HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n"
                                .formatted(POD, server.pki.token()));
                assertThat(wire.line()).isEqualTo("HTTP/1.1 200 OK");
            }
            Until.seen(
                    "the pod is told that its client left",
                    Duration.ofSeconds(30),
                    gone::getCount,
                    left -> left == 0);
            more.countDown();
            assertThat(lines.readLine()).isEqualTo("second");
            assertThat(lines.readLine()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pods/none/proxy/ | 404 | pods \"none\" not found",
                "pods/a:b:c:d/proxy/ | 400 | invalid pod request \"a:b:c:d\"",
                "pods/ftp:one:80/proxy/ | 400 | invalid pod request \"ftp:one:80\"",
                "pods/two:80/proxy/ | 400 | address not allowed",
                "pods/one:81/proxy/ | 503 | error trying to reach service: dial tcp 10.42.0.7:81:"
                        + " connect: connection refused",
                "pods/one:web/proxy/ | 503 | error trying to reach service: dial tcp: lookup"
                        + " tcp/web: unknown port",
                "services/none/proxy/ | 404 | endpoints \"none\" not found",
                "services/:/proxy/ | 400 | invalid service request \":\"",
                "services/web:81/proxy/ | 503 | no service port 81 found for service \"web\"",
                "services/web:other/proxy/ | 503 | no endpoints available for service"
                        + " \"web:other\"",
                "services/empty/proxy/ | 503 | no endpoints available for service \"empty\"",
                "services/stray/proxy/ | 503 | no endpoints available for service \"stray\""
            })
    void saysWhyThereIsNobody(String path, int code, String words) {
        var reply = https.get(HERE + path);
        assertThat(reply.json().path("message").asString()).isEqualTo(words);
        assertThat(reply.code()).isEqualTo(code);
    }

    @Test
    void aServiceLeadsToAPodBehindIt() {
        for (var name : List.of("web:main", "web:8080", "http:web:main")) {
            var reply =
                    https.send(
                            https.request(HERE + "services/" + name + "/proxy/x").GET(),
                            BodyHandlers.ofString());
            assertThat(reply.body()).as(name).startsWith("GET /x\n");
        }
    }

    @Test
    void kubectlReadsThroughIt() throws Exception {
        Kubectl.require();
        var kubectl = new Kubectl(server.kubeconfig, temp);
        assertThat(kubectl.ok("get", "--raw", POD + "/raw?a=b")).startsWith("GET /raw?a=b\n");
    }

    /// The pod answers as a WebSocket would, and says everything twice.
    @Test
    void aWebSocketIsCarried() throws Exception {
        try (var pod = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var wire = new Wire(server, https.client().sslContext(), "http/1.1")) {
            streams.ports.put(90, pod.getLocalPort());
            Thread.startVirtualThread(() -> sayTwice(pod));
            wire.say(
                    "GET %s/ws HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\nSec-WebSocket-Version: 13\r\n\r\n"
                            .formatted(POD.replace(":80", ":90"), server.pki.token()));
            assertThat(wire.line()).startsWith("HTTP/1.1 101 ");
            var head = new StringBuilder();
            for (var line = wire.line(); !line.isEmpty(); line = wire.line()) {
                head.append(line).append('\n');
            }
            assertThat(head.toString().toLowerCase(Locale.ROOT))
                    .contains("upgrade: websocket")
                    .contains("sec-websocket-accept: yes");
            assertThat(new String(wire.in.readNBytes(5), StandardCharsets.UTF_8))
                    .isEqualTo("early");
            wire.say("ping");
            assertThat(new String(wire.in.readNBytes(8), StandardCharsets.UTF_8))
                    .isEqualTo("pingping");
        }
    }

    private static void sayTwice(ServerSocket pod) {
        try (var one = pod.accept()) {
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    one.getInputStream(), StandardCharsets.ISO_8859_1));
            assertThat(in.readLine()).isEqualTo("GET /ws HTTP/1.1");
            for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                assertThat(line.toLowerCase(Locale.ROOT)).doesNotStartWith("authorization");
            }
            var out = one.getOutputStream();
            out.write(
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: yes\r\n\r\nearly"
                            .getBytes(StandardCharsets.ISO_8859_1));
            var four = new char[4];
            int n = in.read(four);
            while (n < 4) {
                n += in.read(four, n, 4 - n);
            }
            out.write((new String(four) + new String(four)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void address(String pod, String ip) {
        var reply =
                https.patch(
                        StreamPods.PODS + "/" + pod + "/status",
                        "merge-patch+json",
                        "{\"status\":{\"podIP\":\"%1$s\",\"podIPs\":[{\"ip\":\"%1$s\"}]}}"
                                .formatted(ip));
        assertThat(reply.code()).isEqualTo(200);
    }

    private static void service() {
        make(
                "services",
                "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"ports\":[{\"name\":\"main\",\"port\":8080},{\"name\":\"other\",\"port\":9090}]}}");
        make("endpoints", endpoints("web", "one", "10.42.0.7"));
        make("endpoints", "{\"metadata\":{\"name\":\"empty\"}}");
        make("endpoints", endpoints("stray", "one", "203.0.113.9"));
    }

    private static String endpoints(String name, String pod, String ip) {
        return "{\"metadata\":{\"name\":\"%s\"},\"subsets\":[{\"addresses\":[{\"ip\":\"%s\",\"targetRef\":{\"kind\":\"Pod\",\"name\":\"%s\",\"namespace\":\"default\"}}],\"ports\":[{\"name\":\"main\",\"port\":80}]}]}"
                .formatted(name, ip, pod);
    }

    private static void make(String plural, String json) {
        assertThat(https.post(HERE + plural, json).code()).isEqualTo(201);
    }
}
