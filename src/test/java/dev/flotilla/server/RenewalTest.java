package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.PodStreams;
import dev.flotilla.registry.Registry;
import dev.flotilla.store.Retention;
import dev.flotilla.store.Store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLPeerUnverifiedException;

/// A server that runs for a year never shows a certificate that has ended.
class RenewalTest {
    private final Instant today = InstantSource.system().instant();

    @TempDir Path temp;

    @Test
    void showsNewcomersANewCertificateAndKeepsWhoIsThere() throws Exception {
        var now = new AtomicReference<>(today.minus(Duration.ofDays(320)));
        var config = new ServerConfig("127.0.0.1", 0, temp, List.of(), "0.1.0", null);
        var door = Door.of(config, now.get());
        try (var store = Store.inMemory(now::get, Retention.STANDARD);
                var server =
                        new ApiServer(
                                door,
                                new Registry(store, now::get, new Random(1)),
                                List::of,
                                config,
                                now::get,
                                PodStreams.NONE)) {
            server.start();
            var renewal = new Renewal(door, config, now::get, Duration.ofMillis(10));
            door.server.addManaged(renewal);
            try (var old = Https.withToken(server.uri(), door.pki)) {
                var first = shown(old);
                assertThat(shownToNewcomers(server, door)).isEqualTo(first);
                now.set(today);
                var second = shownToNewcomers(server, door);
                for (var end = System.nanoTime() + 20_000_000_000L; second.equals(first); ) {
                    assertThat(System.nanoTime()).as("still the old one").isLessThan(end);
                    second = shownToNewcomers(server, door);
                }
                assertThat(shown(old)).as("to who was there before").isEqualTo(first);
                assertThat(Door.of(config, today).pki.server().certificate()).isEqualTo(second);
            }
        }
    }

    private static Certificate shownToNewcomers(ApiServer server, Door door)
            throws SSLPeerUnverifiedException {
        try (var https = Https.withToken(server.uri(), door.pki)) {
            return shown(https);
        }
    }

    private static Certificate shown(Https https) throws SSLPeerUnverifiedException {
        var reply = https.get("/version");
        assertThat(reply.code()).isEqualTo(200);
        return reply.response().sslSession().orElseThrow().getPeerCertificates()[0];
    }
}
