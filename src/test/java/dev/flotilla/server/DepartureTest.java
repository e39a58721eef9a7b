package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;

/// A client that leaves while its watch has nothing to tell is noticed at once, however it goes,
/// and one that stays can use its connection on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DepartureTest {
    private static final String OPEN = "flotilla_open_watches ";
    private static final String WATCH =
            "/api/v1/namespaces/default/configmaps?watch=1&resourceVersion=";

    private TestServer server;
    private Https https;

    enum Leave {
        /// TLS is told, then the connection is closed.
        CLOSE,
        /// TLS is told, and what the server says is still read.
        HALF,
        /// The connection is closed without a word of TLS.
        FIN,
        /// The connection is torn.
        RST
    }

    @BeforeAll
    void start(@TempDir Path temp) {
        server = new TestServer(temp);
        https = server.https();
    }

    @AfterAll
    void stop() {
        https.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Leave.class)
    void isNoticedWhileNothingHappens(Leave how) throws IOException {
        try (var wire = watching("")) {
            leave(wire, how);
            awaitWatches(0);
        }
    }

    @ParameterizedTest
    @EnumSource(Leave.class)
    void isNoticedThoughAnotherRequestIsOnItsWay(Leave how) throws IOException {
        try (var wire = watching("")) {
            wire.say("GET /version HTTP/1.1\r\n");
            leave(wire, how);
            awaitWatches(0);
        }
    }

    @ParameterizedTest
    @EnumSource(Leave.class)
    void isNoticedThoughTheWatchHadABody(Leave how) throws IOException {
        try (var wire = new Wire(server, https.client().sslContext(), "http/1.1")) {
            wire.say(head("") + "Content-Length: 5\r\n\r\n12");
            wire.say("345");
            awaitHead(wire);
            leave(wire, how);
            awaitWatches(0);
        }
    }

    @Test
    void ofOthersLeavesTheConnectionAsItWas() throws IOException {
        try (var wire = watching("&timeoutSeconds=1")) {
            wire.say("GET /version HTTP/1.1\r\nHost: a\r\n");
            readToTheEnd(wire);
            wire.say("\r\n");
            assertThat(wire.answer()).startsWith("HTTP/1.1 200").contains("gitVersion");
            for (var i = 0; i < 2; i++) {
                wire.say(head("&timeoutSeconds=1") + "\r\n");
                awaitHead(wire);
                readToTheEnd(wire);
            }
            wire.say("GET /version HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(wire.answer()).startsWith("HTTP/1.1 200").contains("gitVersion");
        }
    }

    private Wire watching(String more) throws IOException {
        var wire = new Wire(server, https.client().sslContext(), "http/1.1");
        wire.say(head(more) + "\r\n");
        awaitHead(wire);
        return wire;
    }

    private String head(String more) {
        return "GET %s%d%s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n"
                .formatted(WATCH, server.registry.revision(), more, server.pki.token());
    }

    private void awaitHead(Wire wire) throws IOException {
        assertThat(wire.line()).isEqualTo("HTTP/1.1 200 OK");
        while (!wire.line().isEmpty()) {}
        awaitWatches(1);
    }

    /// The end of a body in chunks, of which there are none.
    private static void readToTheEnd(Wire wire) throws IOException {
        assertThat(wire.line()).isEqualTo("0");
        assertThat(wire.line()).isEmpty();
    }

    private static void leave(Wire wire, Leave how) throws IOException {
        switch (how) {
            case CLOSE -> wire.close();
            case HALF -> wire.half();
            case FIN -> wire.fall(false);
            case RST -> wire.fall(true);
        }
    }

    private void awaitWatches(long open) {
        var end = System.nanoTime() + 15_000_000_000L;
        while (watches() != open) {
            assertThat(System.nanoTime()).as("waiting for %d watches", open).isLessThan(end);
        }
    }

    private long watches() {
        return https.get("/metrics")
                .response()
                .body()
                .lines()
                .filter(l -> l.startsWith(OPEN))
                .mapToLong(l -> Long.parseLong(l.substring(OPEN.length())))
                .sum();
    }
}
