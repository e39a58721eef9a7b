package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.store.Retention;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Watches as they go over the wire.
class WatchTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String OWN =
            MAPS + "?fieldSelector=metadata.name!=kube-root-ca.crt&watch=1";

    @TempDir Path temp;
    private TestServer server;
    private Https https;

    @BeforeEach
    void start() {
        server = new TestServer(temp);
        https = server.https();
    }

    @AfterEach
    void stop() {
        https.close();
        server.close();
    }

    @Test
    void withNoRevisionItBeginsWithWhatIsThere() throws IOException {
        create("a", "1");
        try (var watch = open(OWN)) {
            assertThat(watch.next()).isEqualTo("ADDED a 1");
            create("b", "1");
            assertThat(watch.next()).isEqualTo("ADDED b 1");
            https.patch(MAPS + "/b", "merge-patch+json", "{\"data\":{\"key\":\"2\"}}");
            assertThat(watch.next()).isEqualTo("MODIFIED b 2");
            https.delete(MAPS + "/a");
            assertThat(watch.next()).isEqualTo("DELETED a 1");
        }
    }

    @Test
    void sinceARevisionNothingIsMissedOrRepeated() throws IOException {
        create("a", "1");
        var since = https.get(MAPS).json().at("/metadata/resourceVersion").asString();
        create("b", "1");
        create("c", "1");
        try (var watch = open(OWN + "&resourceVersion=" + since)) {
            assertThat(watch.next()).isEqualTo("ADDED b 1");
            assertThat(watch.next()).isEqualTo("ADDED c 1");
            create("d", "1");
            assertThat(watch.next()).isEqualTo("ADDED d 1");
        }
    }

    @Test
    void whatLeavesTheSelectionIsDeletedFromIt() throws IOException {
        try (var watch = open(MAPS + "?labelSelector=mine&watch=true")) {
            https.post(
                    MAPS,
                    "{\"metadata\":{\"name\":\"a\",\"labels\":{\"mine\":\"\"}},\"data\":{\"key\":\"1\"}}");
            assertThat(watch.next()).isEqualTo("ADDED a 1");
            https.patch(MAPS + "/a", "merge-patch+json", "{\"metadata\":{\"labels\":null}}");
            assertThat(watch.next()).startsWith("DELETED a");
            https.patch(
                    MAPS + "/a", "merge-patch+json", "{\"metadata\":{\"labels\":{\"mine\":\"\"}}}");
            assertThat(watch.next()).isEqualTo("ADDED a 1");
        }
    }

    @Test
    void initialEventsEndWithABookmarkThatSaysSo() throws IOException {
        create("a", "1");
        var path =
                OWN
                        + "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
        try (var watch = open(path)) {
            assertThat(watch.next()).isEqualTo("ADDED a 1");
            var bookmark = watch.event();
            assertThat(bookmark.path("type").asString()).isEqualTo("BOOKMARK");
            assertThat(bookmark.at("/object/kind").asString()).isEqualTo("ConfigMap");
            assertThat(
                            bookmark.at("/object/metadata/annotations")
                                    .path("k8s.io/initial-events-end")
                                    .asString())
                    .isEqualTo("true");
            assertThat(bookmark.at("/object/metadata/resourceVersion").asLong())
                    .isEqualTo(server.registry.revision());
        }
    }

    @Test
    void endsInTimeWithABookmark() throws IOException {
        create("a", "1");
        var path = OWN + "&timeoutSeconds=1&allowWatchBookmarks=true&resourceVersion=1";
        var kinds = new ArrayList<String>();
        try (var watch = open(path)) {
            for (var event = watch.event(); !event.isMissingNode(); event = watch.event()) {
                kinds.add(event.path("type").asString());
            }
        }
        assertThat(kinds).endsWith("BOOKMARK").contains("ADDED");
    }

    @Test
    void aFutureRevisionOrALostOneIsAnErrorEvent() throws IOException {
        try (var watch = open(OWN + "&resourceVersion=999999999")) {
            var event = watch.event();
            assertThat(event.path("type").asString()).isEqualTo("ERROR");
            assertThat(event.at("/object/kind").asString()).isEqualTo("Status");
        }
    }

    @Test
    void theOlderPathsWatchToo() throws IOException {
        create("a", "1");
        create("b", "1");
        try (var all = open("/api/v1/watch/namespaces/default/configmaps?labelSelector=!x");
                var one = open("/api/v1/watch/namespaces/default/configmaps/b");
                var everywhere = open("/api/v1/watch/configmaps?fieldSelector=metadata.name=a")) {
            assertThat(all.next()).isEqualTo("ADDED a 1");
            assertThat(one.next()).isEqualTo("ADDED b 1");
            assertThat(everywhere.next()).isEqualTo("ADDED a 1");
        }
        assertThat(https.delete("/api/v1/watch/namespaces/default/configmaps").code())
                .isEqualTo(405);
        assertThat(https.get("/apis/metrics.k8s.io/v1beta1/watch/nodes").code()).isEqualTo(404);
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefusedInKubernetesWords() {
        var version = "resourceVersionMatch";
        var refused =
                Map.of(
                        "?resourceVersionMatch=Exact",
                        version
                                + ": Forbidden: resourceVersionMatch is forbidden unless"
                                + " resourceVersion is provided",
                        "?resourceVersion=0&resourceVersionMatch=Exact",
                        version
                                + ": Forbidden: resourceVersionMatch \"exact\" is forbidden for"
                                + " resourceVersion \"0\"",
                        "?resourceVersion=1&resourceVersionMatch=Same",
                        version
                                + ": Unsupported value: \"Same\": supported values: \"Exact\","
                                + " \"NotOlderThan\", \"\"",
                        "?sendInitialEvents=true",
                        "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list",
                        "?watch=1&sendInitialEvents=true",
                        version
                                + ": Forbidden: sendInitialEvents requires setting"
                                + " resourceVersionMatch to NotOlderThan",
                        "?watch=1&resourceVersionMatch=NotOlderThan",
                        version
                                + ": Forbidden: resourceVersionMatch is forbidden for watch unless"
                                + " sendInitialEvents is provided");
        refused.forEach(
                (query, why) -> {
                    var reply = https.get(MAPS + query);
                    assertThat(reply.code()).as(query).isEqualTo(422);
                    assertThat(reply.json().path("message").asString())
                            .isEqualTo("ListOptions.meta.k8s.io \"\" is invalid: " + why);
                    assertThat(reply.json().at("/details/causes")).hasSize(1);
                });
        assertThat(https.get(MAPS + "?limit=x").json().path("message").asString())
                .isEqualTo("strconv.ParseInt: parsing \"x\": invalid syntax");
        var future = https.get(MAPS + "/kube-root-ca.crt?resourceVersion=99999999");
        assertThat(future.code()).isEqualTo(504);
        assertThat(future.json().at("/details/causes/0/reason").asString())
                .isEqualTo("ResourceVersionTooLarge");
    }

    @Test
    void afterACompactionAnOldRevisionIsAnErrorEvent() throws IOException {
        server.close();
        server = new TestServer(temp, new Retention(Duration.ofHours(1), 20_000));
        https.close();
        https = server.https();
        create("a", "1");
        var since = server.registry.revision();
        for (var i = 0; server.store.compacted() <= since; i++) {
            create("m" + i, "x".repeat(5_000));
            assertThat(i).as("creations without a compaction").isLessThan(2_000);
        }
        for (var accept :
                List.of("application/json", "application/json;as=Table;v=v1;g=meta.k8s.io")) {
            try (var watch = open(OWN + "&resourceVersion=" + since, "Accept", accept)) {
                var event = watch.event();
                assertThat(event.path("type").asString()).isEqualTo("ERROR");
                assertThat(event.at("/object/code").asInt()).isEqualTo(410);
                assertThat(event.at("/object/reason").asString()).isEqualTo("Expired");
                assertThat(event.at("/object/message").asString())
                        .startsWith("too old resource version: " + since + " (");
                assertThat(watch.event().isMissingNode()).isTrue();
            }
        }
        try (var watch = open(OWN + "&resourceVersion=" + server.registry.revision())) {
            create("new", "1");
            assertThat(watch.next()).isEqualTo("ADDED new 1");
        }
    }

    @Test
    void tablesCarryTheirColumnsOnce() throws IOException {
        create("a", "1");
        try (var watch = open(OWN, "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")) {
            var first = watch.event();
            assertThat(first.at("/object/kind").asString()).isEqualTo("Table");
            assertThat(first.at("/object/columnDefinitions")).isNotEmpty();
            create("b", "1");
            var second = watch.event();
            assertThat(second.at("/object/rows/0/object/metadata/name").asString()).isEqualTo("b");
            assertThat(second.at("/object/columnDefinitions").isEmpty()).isTrue();
        }
    }

    @Test
    void closingTheServerEndsTheWatchInOrder() throws IOException {
        try (var watch = open(OWN)) {
            create("a", "1");
            assertThat(watch.next()).isEqualTo("ADDED a 1");
            server.server.close();
            assertThat(watch.event().isMissingNode()).isTrue();
        }
    }

    @Test
    void aClientThatGoesIsForgotten() throws Exception {
        var watch = open(OWN);
        create("a", "1");
        assertThat(watch.next()).isEqualTo("ADDED a 1");
        assertThat(openWatches()).isEqualTo(1);
        watch.close();
        var end = System.nanoTime() + 30_000_000_000L;
        while (openWatches() > 0) {
            assertThat(System.nanoTime()).as("still watching after 30 s").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private int openWatches() {
        return https.get("/metrics")
                .response()
                .body()
                .lines()
                .filter(l -> l.startsWith("flotilla_open_watches "))
                .mapToInt(l -> Integer.parseInt(l.substring(l.indexOf(' ') + 1)))
                .sum();
    }

    @Test
    void aClientThatReadsNothingHoldsUpNobody() throws IOException {
        // On a connection of its own: on a shared one the client's flow control is one for all.
        try (var other = server.https();
                var slow = open(other, OWN);
                var quick = open(OWN)) {
            assertThat(slow).isNotNull();
            var value = "x".repeat(100_000);
            for (var i = 0; i < 200; i++) {
                create("m" + i, value);
                assertThat(quick.next()).startsWith("ADDED m" + i + " ");
            }
        }
    }

    /// The median of many single changes, from the write's answer to the event read by a client in
    /// the same process; generous, because the machine may be busy.
    @Test
    void changesArriveAtOnce() throws IOException {
        try (var watch = open(OWN)) {
            var millis = new long[100];
            for (var i = 0; i < millis.length; i++) {
                var name = "m" + i;
                create(name, "1");
                var acknowledged = System.nanoTime();
                assertThat(watch.next()).isEqualTo("ADDED " + name + " 1");
                millis[i] = (System.nanoTime() - acknowledged) / 1_000_000;
            }
            Arrays.sort(millis);
            assertThat(millis[millis.length / 2]).isLessThan(10);
        }
    }

    private void create(String name, String value) {
        var reply =
                https.post(
                        MAPS,
                        "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"key\":\"%s\"}}"
                                .formatted(name, value));
        assertThat(reply.code()).isEqualTo(201);
    }

    private Stream open(String path, String... headers) {
        return open(https, path, headers);
    }

    private static Stream open(Https client, String path, String... headers) {
        var response =
                client.send(client.request(path, headers).GET(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new Stream(response.body());
    }

    /// The events of one watch.
    private record Stream(BufferedReader lines) implements AutoCloseable {
        Stream(InputStream body) {
            this(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
        }

        /// The next event, or a missing node at the end.
        JsonNode event() throws IOException {
            var line = lines.readLine();
            return line == null
                    ? JsonMapper.shared().missingNode()
                    : JsonMapper.shared().readTree(line);
        }

        /// Type, name and value of the next event.
        String next() throws IOException {
            var event = event();
            var parts =
                    List.of(
                            event.path("type").asString(),
                            event.at("/object/metadata/name").asString(""),
                            event.at("/object/data/key").asString(""));
            return String.join(" ", parts);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
