package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What clients of other houses were seen to rely on, as the HTTP calls they make.
class StrangersTest {
    private static final String EVENTS = "/namespaces/default/events";

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

    /// The Java client cordons so, though the field is not there before.
    @Test
    void aJsonPatchReplacesAFieldThatIsNotThere() {
        https.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"n\"}}");
        var cordon = "[{\"op\":\"replace\",\"path\":\"/spec/unschedulable\",\"value\":true}]";
        var cordoned = https.patch("/api/v1/nodes/n", "json-patch+json", cordon);
        assertThat(cordoned.code()).as("%s", cordoned.json()).isEqualTo(200);
        assertThat(cordoned.json().at("/spec/unschedulable").asBoolean()).isTrue();
    }

    /// The Java client refuses an event of `events.k8s.io` without the field.
    @Test
    void anEventAlwaysHasItsTimes() {
        var made =
                https.post(
                        "/api/v1" + EVENTS,
                        """
                        {"metadata":{"name":"e","namespace":"default"},"type":"Normal",
                         "involvedObject":{"kind":"Pod","name":"p","namespace":"default"},
                         "reason":"Seen","message":"m","lastTimestamp":"2026-01-01T00:00:00Z"}\
                        """);
        assertThat(made.code()).as("%s", made.json()).isEqualTo(201);
        assertThat(made.json().path("eventTime").isNull()).isTrue();
        assertThat(made.json().path("firstTimestamp").isNull()).isTrue();
        var seen = https.get("/apis/events.k8s.io/v1" + EVENTS + "/e").json();
        assertThat(seen.path("eventTime").isNull()).isTrue();
        assertThat(seen.path("deprecatedLastTimestamp").asString())
                .isEqualTo("2026-01-01T00:00:00Z");
        var merged =
                https.patch(
                        "/api/v1" + EVENTS + "/e", "merge-patch+json", "{\"message\":\"again\"}");
        assertThat(merged.json().path("eventTime").isNull()).isTrue();
    }

    /// kubectl before 1.22 evicts so.
    @Test
    void anEvictionMayBeOfItsOlderVersion() {
        var pods = "/api/v1/namespaces/default/pods";
        https.post(
                pods,
                """
                {"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"x"}]}}\
                """);
        var eviction =
                """
                {"apiVersion":"policy/%s","kind":"Eviction","metadata":{"name":"p"}}\
                """;
        var never = https.post(pods + "/p/eviction", eviction.formatted("v2"));
        assertThat(never.code()).isEqualTo(400);
        var evicted = https.post(pods + "/p/eviction", eviction.formatted("v1beta1"));
        assertThat(evicted.code()).as("%s", evicted.json()).isEqualTo(201);
        assertThat(https.get(pods + "/p").code()).isEqualTo(404);
    }

    /// kubectl before 1.27 looks there before a dry run.
    @Test
    void theSpecificationSaysInProtobufWhatAPatchMayAsk() {
        var type = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
        var request = https.request("/openapi/v2", "Accept", type).GET();
        var bytes = https.send(request, BodyHandlers.ofByteArray()).body();
        // Field 4, the parameter's name, of the message that is field 3.
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .contains("/apis/apps/v1/namespaces/{namespace}/deployments/{name}")
                .contains("\"\u0006dryRun");
    }
}
