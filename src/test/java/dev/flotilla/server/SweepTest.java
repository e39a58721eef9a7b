package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.store.Retention;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lists in parts, while the world goes on.
class SweepTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    /// Without the one that is there by itself.
    private static final String OWN = MAPS + "?fieldSelector=metadata.name!%3Dkube-root-ca.crt";

    private TestServer server;
    private Https https;

    @BeforeEach
    void start(@TempDir Path temp) {
        server = new TestServer(temp, new Retention(Duration.ofHours(1), 8 << 20));
        https = server.https();
    }

    @AfterEach
    void stop() {
        https.close();
        server.close();
    }

    @Test
    void oneByOneIsTheListOfItsFirstMomentWhateverOthersWrite() {
        for (int i = 0; i < 30; i++) {
            create("m" + (10 + i), "old");
        }
        var done = new AtomicBoolean();
        var others = CompletableFuture.runAsync(() -> disturb(done));
        var found = new ArrayList<JsonNode>();
        var moments = new TreeSet<String>();
        var more = "";
        do {
            var part = https.get(OWN + "&limit=1" + more).json();
            moments.add(revision(part));
            part.path("items").forEach(found::add);
            more = "&continue=" + part.at("/metadata/continue").asString("");
        } while (!more.equals("&continue="));
        done.set(true);
        others.join();
        assertThat(moments).hasSize(1);
        var exact = "&resourceVersionMatch=Exact&resourceVersion=" + moments.first();
        var whole = https.get(OWN + exact).json();
        assertThat(found).isEqualTo(whole.path("items").valueStream().toList());
        assertThat(https.get(OWN).json().path("items")).isNotEqualTo(whole.path("items"));
    }

    @Test
    void aTokenThatIsTooOldIsTradedForOneThatGoesOn() {
        for (var name : List.of("a", "b", "c")) {
            create(name, "1");
        }
        var first = https.get(OWN + "&limit=1").json();
        var old = ofTheMomentBefore(first.at("/metadata/continue").asString());
        long seen = server.registry.revision();
        for (int i = 0; server.store.compacted() <= seen; i++) {
            create("z" + i, "x".repeat(200_000));
            assertThat(i).as("creations without a compaction").isLessThan(2_000);
        }
        var expired = https.get(OWN + "&limit=1&continue=" + old);
        assertThat(expired.code()).isEqualTo(410);
        assertThat(expired.json().path("reason").asString()).isEqualTo("Expired");
        assertThat(expired.json().path("message").asString())
                .startsWith("The provided continue parameter is too old");
        var fresh = expired.json().at("/metadata/continue").asString();
        var rest = https.get(OWN + "&limit=2&continue=" + fresh);
        assertThat(rest.code()).isEqualTo(200);
        assertThat(
                        rest.json()
                                .path("items")
                                .valueStream()
                                .map(o -> o.at("/metadata/name").asString()))
                .containsExactly("b", "c");
    }

    @Test
    void whoWatchesInProtobufAloneGetsJson() {
        var reply =
                https.send(
                        https.request(
                                        MAPS + "?watch=1&timeoutSeconds=1",
                                        "Accept",
                                        "application/vnd.kubernetes.protobuf;stream=watch")
                                .GET(),
                        BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(reply.body()).startsWith("{\"type\":\"ADDED\"");
    }

    /// A moment that was never asked for: those that were are remembered for a while.
    private static String ofTheMomentBefore(String token) {
        var json = JsonMapper.shared();
        var said = (ObjectNode) json.readTree(Base64.getUrlDecoder().decode(token));
        said.put("rv", said.path("rv").asLong() - 1);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.writeValueAsBytes(said));
    }

    private void disturb(AtomicBoolean done) {
        for (int i = 0; !done.get(); i++) {
            create("n" + i, "new");
            https.patch(
                    MAPS + "/m" + (10 + i % 30),
                    "merge-patch+json",
                    "{\"data\":{\"v\":\"" + i + "\"}}");
            https.delete(MAPS + "/m" + (10 + (i * 7) % 30));
        }
    }

    private void create(String name, String value) {
        https.post(
                MAPS,
                "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"v\":\"%s\"}}".formatted(name, value));
    }

    private static String revision(JsonNode list) {
        return list.at("/metadata/resourceVersion").asString();
    }
}
