package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.MostlyWaits;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// Who watches and stops reading is let go after a while, and can go on from where he was; nobody
/// else notices.
@MostlyWaits
class SlowWatcherTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String WATCH =
            MAPS + "?watch=1&fieldSelector=metadata.name!=kube-root-ca.crt";
    private static final String OPEN = "flotilla_open_watches ";
    private static final Limits HASTY =
            new Limits(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(1),
                    256,
                    1024,
                    Duration.ofSeconds(30));

    @TempDir Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"h2", "http/1.1"})
    void isDroppedWithoutHarmToOthers(String protocol) throws IOException {
        try (var server = new TestServer(temp, HASTY);
                var https = server.https();
                var slow = new Wire(server, https.client().sslContext(), protocol);
                var quick = lines(https, WATCH)) {
            ask(server, slow, protocol, WATCH);
            awaitGauge(https, OPEN, 2);
            var value = "x".repeat(200_000);
            var end = System.nanoTime() + 60_000_000_000L;
            var made = 0;
            for (; gauge(https, OPEN) > 1; made++) {
                assertThat(System.nanoTime()).as("still there after a minute").isLessThan(end);
                create(https, "m" + made, value);
                assertThat(quick.readLine()).contains("\"m" + made + "\"");
            }
            assertThat(made).as("changes until the slow one was dropped").isPositive();
            for (var i = 0; i < 10; i++) {
                create(https, "after" + i, value);
                assertThat(quick.readLine()).contains("\"after" + i + "\"");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "http/1.1"})
    void thatListsAndDoesNotReadGivesUpItsSeat(String protocol) throws IOException {
        try (var server = new TestServer(temp, HASTY);
                var https = server.https();
                var slow = new Wire(server, https.client().sslContext(), protocol)) {
            for (var i = 0; i < 20; i++) {
                create(https, "m" + i, "x".repeat(900_000));
            }
            var inflight = "apiserver_current_inflight_requests{request_kind=\"readOnly\"} ";
            var idle = gauge(https, inflight);
            ask(server, slow, protocol, MAPS);
            awaitGauge(https, inflight, idle + 1);
            awaitGauge(https, inflight, idle);
        }
    }

    private static void ask(TestServer server, Wire wire, String protocol, String path)
            throws IOException {
        var token = "Bearer " + server.pki.token();
        if (protocol.equals("h2")) {
            var h2 = Frames.over(wire);
            h2.begin(1, "GET", path, "authorization", token);
            h2.data(1, new byte[0], true);
        } else {
            wire.say(
                    "GET %s HTTP/1.1\r\nHost: a\r\nAuthorization: %s\r\n\r\n"
                            .formatted(path, token));
        }
    }

    private static void create(Https https, String name, String value) {
        var body =
                "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"key\":\"%s\"}}".formatted(name, value);
        assertThat(https.post(MAPS, body).code()).isEqualTo(201);
    }

    private static BufferedReader lines(Https https, String path) {
        var response = https.send(https.request(path).GET(), BodyHandlers.ofInputStream());
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static void awaitGauge(Https https, String name, long value) {
        var end = System.nanoTime() + 30_000_000_000L;
        while (gauge(https, name) != value) {
            assertThat(System.nanoTime()).as("waiting for %s%d", name, value).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static long gauge(Https https, String name) {
        return https.get("/metrics")
                .response()
                .body()
                .lines()
                .filter(l -> l.startsWith(name))
                .mapToLong(l -> Long.parseLong(l.substring(name.length())))
                .sum();
    }
}
