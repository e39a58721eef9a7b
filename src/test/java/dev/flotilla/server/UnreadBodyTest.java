package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// A body that nobody wants does not keep its sender from the answer, nor from the next request.
class UnreadBodyTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final Limits HASTY =
            new Limits(
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    16,
                    16,
                    Duration.ofSeconds(30));

    @TempDir static Path temp;
    private static TestServer server;
    private static Https https;

    @BeforeAll
    static void start() {
        server = new TestServer(temp);
        https = server.https();
    }

    @AfterAll
    static void stop() {
        https.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/version,200,good",
        "GET,/api/v1/namespaces,200,good",
        "GET,/nonsense,404,good",
        "DELETE,/version,405,good",
        "DELETE,/api/v1/nodes/none,415,good",
        "POST,/api/v1/nothing,404,good",
        "POST,/api/v1/namespaces,415,good",
        "PATCH,/api/v1/namespaces/default,415,good",
        "GET,/api/v1/namespaces,401,bad",
        "POST,/api/v1/namespaces,401,bad"
    })
    void isTakenToItsEnd(String method, String path, int code, String token) throws IOException {
        var authorization = "Bearer " + (token.equals("good") ? server.pki.token() : "x");
        var piece = "x".repeat(8_000).getBytes(StandardCharsets.US_ASCII);
        try (var wire = new Wire(server, https.client().sslContext(), "h2")) {
            var h2 = Frames.over(wire);
            for (var stream = 1; stream <= 3; stream += 2) {
                h2.begin(
                        stream,
                        method,
                        path,
                        "authorization",
                        authorization,
                        "content-type",
                        "text/odd");
                for (var i = 0; i < 5; i++) {
                    h2.data(stream, piece, i == 4);
                }
                var answer = h2.answer(stream);
                assertThat(answer).noneMatch(f -> f.type() == Frames.RST_STREAM);
                assertThat(answer.getLast().ends()).isTrue();
            }
        }
        try (var wire = new Wire(server, https.client().sslContext(), "http/1.1")) {
            for (var i = 0; i < 3; i++) {
                wire.say(
                        "%s %s HTTP/1.1\r\nHost: a\r\nAuthorization: %s\r\n"
                                .formatted(method, path, authorization));
                wire.say("Content-Type: text/odd\r\nContent-Length: 40000\r\n\r\n");
                wire.say("x".repeat(40_000));
                assertThat(wire.answer()).startsWith("HTTP/1.1 " + code);
            }
        }
    }

    @Test
    void ofTooManyBytesIsRefusedInWords() throws IOException {
        var size = 5_000_000;
        try (var wire = new Wire(server, https.client().sslContext(), "http/1.1")) {
            for (var i = 0; i < 2; i++) {
                wire.say(head("POST", MAPS, "Content-Length: " + size));
                wire.say("x".repeat(size));
                assertThat(wire.answer())
                        .startsWith("HTTP/1.1 413")
                        .contains("RequestEntityTooLarge");
            }
        }
        var reply = https.post(MAPS, "x".repeat(size));
        assertThat(reply.code()).isEqualTo(413);
    }

    @Test
    void withoutEndIsCutOff() throws Exception {
        var piece = "10000\r\n" + "x".repeat(65_536) + "\r\n";
        try (var wire = new Wire(server, https.client().sslContext(), "http/1.1")) {
            wire.say("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            var sent = 0L;
            try {
                for (; sent < 200_000_000; sent += piece.length()) {
                    wire.say(piece);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("timed out");
            }
            assertThat(sent).isBetween(30_000_000L, 100_000_000L);
        }
        assertThat(https.get("/version").code()).isEqualTo(200);
    }

    @Test
    void thatDoesNotComeIsWaitedForALimitedTime() throws IOException {
        try (var hasty = new TestServer(temp, HASTY);
                var h1 = new Wire(hasty, https.client().sslContext(), "http/1.1");
                var wire = new Wire(hasty, https.client().sslContext(), "h2")) {
            h1.say(head("POST", MAPS, "Content-Type: application/json", "Content-Length: 100"));
            h1.say("{");
            assertThat(h1.answer()).startsWith("HTTP/1.1 504").contains("\"reason\":\"Timeout\"");
            var h2 = Frames.over(wire);
            h2.begin(1, "POST", MAPS, "authorization", "Bearer " + server.pki.token());
            h2.data(1, new byte[] {'{'}, false);
            assertThat(h2.answer(1)).anyMatch(Frames.Frame::ends);
        }
    }

    @Test
    void thatIsHeldBackNeedNotBeSent() throws IOException {
        try (var wire = new Wire(server, https.client().sslContext(), "http/1.1")) {
            wire.say(
                    "POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length:"
                            + " 100\r\n\r\n");
            assertThat(wire.answer()).startsWith("HTTP/1.1 403");
        }
        var body = "{\"metadata\":{\"name\":\"a\"}}";
        try (var wire = new Wire(server, https.client().sslContext(), "http/1.1")) {
            wire.say(
                    head("POST", MAPS, "Expect: 100-continue", "Content-Length: " + body.length()));
            assertThat(wire.answer()).startsWith("HTTP/1.1 100");
            wire.say(body);
            assertThat(wire.answer()).startsWith("HTTP/1.1 201");
        }
    }

    private static String head(String method, String path, String... headers) {
        return "%s %s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n"
                .formatted(method, path, server.pki.token(), String.join("\r\n", headers));
    }
}
