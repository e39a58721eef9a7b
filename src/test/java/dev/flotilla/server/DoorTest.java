package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.server.pki.Pki;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Who gets in, and what they hear who don't.
class DoorTest {
    @TempDir static Path temp;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(temp);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theTokenOpensOverBothVersionsOfHttp() {
        for (var version : Version.values()) {
            if (version == Version.HTTP_1_1 || version == Version.HTTP_2) {
                try (var https = client(null, server.pki.token(), version)) {
                    var reply = https.get("/api/v1/namespaces/default");
                    assertThat(reply.code()).isEqualTo(200);
                    assertThat(reply.response().version()).isEqualTo(version);
                }
            }
        }
    }

    @Test
    void theClientCertificateOpensWithoutAToken() {
        try (var https =
                Https.of(
                        server.server.uri(),
                        server.pki,
                        server.pki.admin(),
                        null,
                        Version.HTTP_2)) {
            assertThat(https.get("/api/v1/namespaces/default").code()).isEqualTo(200);
        }
    }

    @Test
    void strangersAreUnauthorized(@TempDir Path elsewhere) {
        var other = Pki.open(elsewhere, "127.0.0.1", List.of(), InstantSource.system().instant());
        try (var nobody = client(null, null, Version.HTTP_2);
                var wrongToken = client(null, "x" + server.pki.token(), Version.HTTP_2);
                var wrongCertificate = client(other, null, Version.HTTP_2)) {
            for (var https : List.of(wrongToken, wrongCertificate)) {
                var reply = https.get("/api/v1/namespaces/default");
                assertThat(reply.code()).isEqualTo(401);
                assertThat(reply.json().path("kind").asString()).isEqualTo("Status");
                assertThat(reply.json().path("reason").asString()).isEqualTo("Unauthorized");
            }
            var who = "User \"system:anonymous\" cannot ";
            var words =
                    Map.of(
                            "/no/such/path",
                            "forbidden: " + who + "get path \"/no/such/path\"",
                            "/api/v1/namespaces/default/pods",
                            "pods is forbidden: "
                                    + who
                                    + "list resource \"pods\" in API group \"\" in the namespace"
                                    + " \"default\"",
                            "/apis/apps/v1/namespaces/a/deployments/b/scale",
                            "deployments.apps \"b\" is forbidden: "
                                    + who
                                    + "get resource \"deployments/scale\" in API group \"apps\" in"
                                    + " the namespace \"a\"",
                            "/api/v1/nodes?watch=1",
                            "nodes is forbidden: "
                                    + who
                                    + "watch resource \"nodes\" in API group \"\" at the cluster"
                                    + " scope");
            words.forEach(
                    (path, why) -> {
                        var reply = nobody.get(path);
                        assertThat(reply.code()).isEqualTo(403);
                        assertThat(reply.json().path("message").asString()).isEqualTo(why);
                        assertThat(reply.json().path("reason").asString()).isEqualTo("Forbidden");
                    });
        }
    }

    @Test
    void healthAndVersionAreOpenToAll() {
        try (var nobody = client(null, null, Version.HTTP_2)) {
            for (var path : List.of("/healthz", "/livez", "/readyz")) {
                var reply = nobody.get(path);
                assertThat(reply.code()).as(path).isEqualTo(200);
                assertThat(reply.response().body()).isEqualTo("ok");
            }
            assertThat(nobody.get("/version").json().path("gitVersion").asString())
                    .startsWith("v1.32");
            assertThat(nobody.get("/metrics").code()).isEqualTo(403);
            assertThat(nobody.get("/readyz?verbose").response().body())
                    .isEqualTo(
                            """
                            [+]ping ok
                            [+]log ok
                            [+]etcd ok
                            [+]shutdown ok
                            readyz check passed
                            """);
            assertThat(nobody.get("/livez/etcd").response().body()).isEqualTo("ok");
            assertThat(nobody.get("/readyz/none").code()).isEqualTo(404);
        }
    }

    @Test
    void plainHttpIsNotSpokenHere() throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), server.server.uri().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(
                            new String(
                                    socket.getInputStream().readAllBytes(),
                                    StandardCharsets.US_ASCII))
                    .doesNotContain("200 OK");
        }
    }

    @Test
    void aDamagedRequestGetsAStatus() throws Exception {
        for (var line : List.of("GET /%zz HTTP/1.1", "NONSENSE", "GET /a%00b HTTP/1.1")) {
            try (var https = client(null, null, Version.HTTP_1_1);
                    var socket =
                            https.client()
                                    .sslContext()
                                    .getSocketFactory()
                                    .createSocket("127.0.0.1", server.server.uri().getPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write(
                                (line + "\r\nHost: x\r\nConnection: close\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                var answer =
                        new String(
                                socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(answer).as(line).contains(" 400 ", "\"kind\":\"Status\"");
                assertThat(answer).doesNotContain("jetty", "Exception");
            }
        }
    }

    @Test
    void aTakenPortIsOneClearSentence(@TempDir Path keys) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var second =
                    new ApiServer(
                            server.registry,
                            List::of,
                            new ServerConfig(
                                    "127.0.0.1",
                                    taken.getLocalPort(),
                                    TestServer.KEYS,
                                    List.of(),
                                    "0"),
                            InstantSource.system());
            assertThatThrownBy(second::start)
                    .isInstanceOf(ServerFailure.class)
                    .hasMessage(
                            "Can't listen on 127.0.0.1:%d: the port is taken. Stop what uses it, or"
                                    + " start with --listen 127.0.0.1:0 for any free port.",
                            taken.getLocalPort());
            second.close();
        }
    }

    private static Https client(
            @Nullable Pki certificate, @Nullable String token, Version version) {
        return Https.of(
                server.server.uri(),
                server.pki,
                certificate == null ? null : certificate.admin(),
                token,
                version);
    }
}
