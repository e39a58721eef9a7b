package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What clients learn of the kinds there are, in each way of asking.
class DiscoveryTest {
    private static final String AGGREGATED =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

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

    @Test
    void bothWaysOfAskingTellTheSame() {
        var legacy = new TreeSet<String>();
        legacyVersions()
                .forEach(
                        path ->
                                https.get(path)
                                        .json()
                                        .path("resources")
                                        .forEach(r -> legacy.add(path + " " + legacyLine(r))));
        var aggregated = new TreeSet<String>();
        for (var root : List.of("/api", "/apis")) {
            var reply = https.get(root, "Accept", AGGREGATED + ",application/json");
            assertThat(reply.header("Content-Type")).isEqualTo(AGGREGATED);
            assertThat(reply.json().path("kind").asString()).isEqualTo("APIGroupDiscoveryList");
            for (var group : reply.json().path("items")) {
                var name = group.at("/metadata/name").asString("");
                for (var version : group.path("versions")) {
                    var path =
                            root
                                    + (name.isEmpty() ? "" : "/" + name)
                                    + "/"
                                    + version.path("version").asString();
                    version.path("resources").forEach(r -> addLines(aggregated, path, r));
                }
            }
        }
        assertThat(aggregated).isEqualTo(legacy);
        assertThat(legacy)
                .anyMatch(l -> l.startsWith("/api/v1 pods Pod"))
                .anyMatch(l -> l.startsWith("/apis/apps/v1 deployments/scale Scale"))
                .anyMatch(l -> l.startsWith("/apis/flotilla.dev/v1alpha1 machines Machine"));
    }

    @Test
    void whoKnowsItAlreadyIsNotToldAgain() {
        var first = https.get("/apis", "Accept", AGGREGATED);
        var tag = first.header("ETag");
        assertThat(tag).matches("\"[0-9A-F]{64}\"");
        var again = https.get("/apis", "Accept", AGGREGATED, "If-None-Match", tag);
        assertThat(again.code()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
        var other = https.get("/apis", "Accept", AGGREGATED, "If-None-Match", "\"x\"");
        assertThat(other.code()).isEqualTo(200);
    }

    @Test
    void whatIsNotAllowedSaysWhatIs() {
        var reply = https.put("/api/v1/namespaces/default/pods", "{}");
        assertThat(reply.code()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("GET, POST, DELETE");
        assertThat(https.post("/apis", "{}").header("Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void measurementsHaveKubernetesNames() {
        https.get("/api/v1/namespaces/default/pods");
        https.get("/apis/made.up/v1/things");
        var text = https.get("/metrics").response().body();
        assertThat(text)
                .contains(
                        "apiserver_request_total{code=\"200\",component=\"apiserver\",group=\"\",resource=\"pods\",scope=\"namespace\",subresource=\"\",verb=\"LIST\",version=\"v1\"}",
                        "apiserver_request_duration_seconds_bucket{",
                        "le=\"+Inf\"}",
                        "process_cpu_seconds_total ",
                        "flotilla_store_revision ")
                .doesNotContain("made.up");
        assertThat(text.lines().filter(l -> !l.startsWith("#")))
                .allMatch(l -> l.matches("[a-z_]+(\\{[^}]*})? [-+.0-9eE]+"));
    }

    @Test
    void othersAndTokensAreReviewed() {
        var path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
        var question = "\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}";
        var nobody = https.post(path, "{\"spec\":{\"user\":\"x\"," + question + "}}");
        assertThat(nobody.code()).isEqualTo(201);
        assertThat(nobody.json().at("/status/allowed").asBoolean()).isFalse();
        var master =
                https.post(path, "{\"spec\":{\"groups\":[\"system:masters\"]," + question + "}}");
        assertThat(master.json().at("/status/allowed").asBoolean()).isTrue();
        var tokens = "/apis/authentication.k8s.io/v1/tokenreviews";
        var good = https.post(tokens, "{\"spec\":{\"token\":\"" + server.pki.token() + "\"}}");
        assertThat(good.json().at("/status/authenticated").asBoolean()).isTrue();
        assertThat(good.json().at("/status/user/username").asString()).isEqualTo("flotilla-admin");
        var bad = https.post(tokens, "{\"spec\":{\"token\":\"x\"}}");
        assertThat(bad.json().at("/status/authenticated").asBoolean()).isFalse();
    }

    @Test
    void whoAsksForPlainJsonGetsTheOldForm() {
        assertThat(https.get("/api").json().path("kind").asString()).isEqualTo("APIVersions");
        assertThat(
                        https.get("/apis", "Accept", "application/json, " + AGGREGATED)
                                .json()
                                .path("kind")
                                .asString())
                .isEqualTo("APIGroupList");
        var apps = https.get("/apis/apps").json();
        assertThat(apps.at("/preferredVersion/groupVersion").asString()).isEqualTo("apps/v1");
    }

    @Test
    void everySchemaStandsAtTheAddressTheIndexNames() {
        var paths = https.get("/openapi/v3").json().path("paths");
        assertThat(paths.propertyNames()).contains("api/v1", "apis/apps/v1");
        for (var path : paths) {
            var reply = https.get(path.path("serverRelativeURL").asString());
            assertThat(reply.code()).isEqualTo(200);
            assertThat(reply.json().path("openapi").asString()).startsWith("3.0");
            assertThat(reply.json().at("/components/schemas").isEmpty()).isFalse();
        }
    }

    @Test
    void theRootNamesPathsThatAreThere() {
        for (var path : https.get("/").json().path("paths")) {
            assertThat(https.get(path.asString()).code()).as(path.asString()).isEqualTo(200);
        }
    }

    private static List<String> legacyVersions() {
        var groups = https.get("/apis").json().path("groups");
        var versions =
                new ArrayList<>(
                        groups.valueStream()
                                .flatMap(g -> g.path("versions").valueStream())
                                .map(v -> "/apis/" + v.path("groupVersion").asString())
                                .toList());
        versions.add("/api/v1");
        return versions;
    }

    private static String legacyLine(JsonNode r) {
        return "%s %s %s %s"
                .formatted(
                        r.path("name").asString(),
                        r.path("kind").asString(),
                        r.path("namespaced").asBoolean(),
                        r.path("verbs"));
    }

    private static void addLines(TreeSet<String> lines, String path, JsonNode r) {
        var name = r.path("resource").asString();
        var namespaced = r.path("scope").asString().equals("Namespaced");
        lines.add(line(path, name, r, namespaced));
        r.path("subresources")
                .forEach(
                        s ->
                                lines.add(
                                        line(
                                                path,
                                                name + "/" + s.path("subresource").asString(),
                                                s,
                                                namespaced)));
    }

    private static String line(String path, String name, JsonNode r, boolean namespaced) {
        return "%s %s %s %s %s"
                .formatted(
                        path,
                        name,
                        r.at("/responseKind/kind").asString(),
                        namespaced,
                        r.path("verbs"));
    }
}
