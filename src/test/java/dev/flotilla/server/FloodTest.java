package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;

/// One client asks for more than the server can do at once; another doesn't notice.
class FloodTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    /// Three seats and five places to wait are all that one client gets.
    private static final Limits FEW =
            new Limits(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(30),
                    4,
                    5,
                    Duration.ofMinutes(1));

    @TempDir Path temp;

    @Test
    void starvesOnlyItself() throws IOException {
        var flood = new ArrayList<Wire>();
        try (var server = new TestServer(temp, FEW);
                var https = server.https()) {
            try {
                // Who has not said all yet keeps its seat meanwhile.
                for (var i = 0; i < 8; i++) {
                    var wire = new Wire(server, https.client().sslContext(), "http/1.1");
                    flood.add(wire);
                    wire.say(
                            "POST %s HTTP/1.1\r\nHost: a\r\nUser-Agent: flood\r\n".formatted(MAPS));
                    wire.say("Authorization: Bearer %s\r\n".formatted(server.pki.token()));
                    wire.say("Content-Length: %d\r\n\r\n".formatted(body(i).length()));
                    wire.say(body(i).substring(0, 5));
                }
                awaitWaiting(https, 5);

                var tooMany = https.get(MAPS, "User-Agent", "flood");
                assertThat(tooMany.code()).isEqualTo(429);
                assertThat(tooMany.header("Retry-After")).isEqualTo("1");
                assertThat(tooMany.json().path("reason").asString()).isEqualTo("TooManyRequests");
                assertThat(tooMany.json().at("/details/retryAfterSeconds").asInt()).isEqualTo(1);

                for (var i = 0; i < 20; i++) {
                    assertThat(https.get(MAPS, "User-Agent", "window").code()).isEqualTo(200);
                }
                assertThat(https.get("/readyz", "User-Agent", "flood").code()).isEqualTo(200);

                for (var i = 0; i < 8; i++) {
                    flood.get(i).say(body(i).substring(5));
                }
                for (var wire : flood) {
                    assertThat(wire.answer()).startsWith("HTTP/1.1 201");
                }
                assertThat(https.get(MAPS, "User-Agent", "flood").code()).isEqualTo(200);
            } finally {
                for (var wire : flood) {
                    wire.close();
                }
            }
        }
    }

    @Test
    void oneMayEndAllItsWatchesAtOnce() throws IOException {
        try (var server = new TestServer(temp);
                var https = server.https();
                var wire = new Wire(server, https.client().sslContext(), "h2")) {
            var h2 = Frames.over(wire);
            var token = "Bearer " + server.pki.token();
            var path = MAPS + "?watch=1&resourceVersion=" + server.registry.revision();
            var stream = 1;
            for (; stream < 600; stream += 2) {
                h2.begin(stream, "GET", path, "authorization", token);
                h2.data(stream, new byte[0], true);
            }
            for (var i = 1; i < stream; i += 2) {
                h2.cancel(i);
            }
            h2.begin(stream, "GET", "/version", "authorization", token);
            h2.data(stream, new byte[0], true);
            assertThat(h2.answer(stream).getLast().ends()).isTrue();
        }
    }

    /// More than the server has threads of its own.
    @Test
    void hundredConnectionsMayWatch() throws IOException {
        var watchers = new ArrayList<Wire>();
        try (var server = new TestServer(temp);
                var https = server.https()) {
            try {
                for (var i = 0; i < 100; i++) {
                    var wire = new Wire(server, https.client().sslContext(), "http/1.1");
                    watchers.add(wire);
                    wire.say("GET %s?watch=1 HTTP/1.1\r\nHost: a\r\n".formatted(MAPS));
                    wire.say("Authorization: Bearer %s\r\n\r\n".formatted(server.pki.token()));
                }
                for (var wire : watchers) {
                    assertThat(wire.line()).startsWith("HTTP/1.1 200");
                }
                assertThat(https.get(MAPS).code()).isEqualTo(200);
            } finally {
                for (var wire : watchers) {
                    wire.close();
                }
            }
        }
    }

    private static String body(int i) {
        return "{\"metadata\":{\"name\":\"m%d\"}}".formatted(i);
    }

    private static void awaitWaiting(Https https, int count) {
        var line = "apiserver_flowcontrol_current_inqueue_requests " + count;
        var end = System.nanoTime() + 30_000_000_000L;
        while (https.get("/metrics").response().body().lines().noneMatch(line::equals)) {
            assertThat(System.nanoTime()).as("no %s", line).isLessThan(end);
        }
    }
}
