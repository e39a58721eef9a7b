package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// HTTP's side of every verb.
class VerbsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final String PARTIAL =
            "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

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
    void anObjectsLife() {
        var made = https.post(MAPS, map("a", "1"));
        assertThat(made.code()).isEqualTo(201);
        assertThat(made.json().at("/metadata/uid").asString()).isNotEmpty();
        assertThat(https.get(MAPS + "/a").json()).isEqualTo(made.json());
        var changed = https.put(MAPS + "/a", map("a", "2"));
        assertThat(changed.code()).isEqualTo(200);
        assertThat(changed.json().at("/data/key").asString()).isEqualTo("2");
        var patched = https.patch(MAPS + "/a", "merge-patch+json", "{\"data\":{\"key\":\"3\"}}");
        assertThat(patched.json().at("/data/key").asString()).isEqualTo("3");
        var listed = https.get(MAPS).json();
        assertThat(listed.path("kind").asString()).isEqualTo("ConfigMapList");
        assertThat(listed.at("/metadata/resourceVersion").asString()).isNotEmpty();
        var deleted = https.delete(MAPS + "/a");
        assertThat(deleted.code()).isEqualTo(200);
        assertThat(https.get(MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void yamlIsReadAndWritten() {
        var request =
                https.request(
                                MAPS,
                                "Content-Type",
                                "application/yaml",
                                "Accept",
                                "application/yaml")
                        .POST(
                                BodyPublishers.ofString(
                                        "metadata: {name: y}\ndata:\n  key: 'yes'\n"));
        var reply = https.send(request);
        assertThat(reply.code()).isEqualTo(201);
        assertThat(reply.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(reply.response().body()).contains("key: \"yes\"");
    }

    @Test
    void aTableHasRowsAndTheListsRevision() {
        https.post(MAPS, map("a", "1"));
        var reply = https.get(MAPS, "Accept", TABLE + "," + "application/json");
        var table = reply.json();
        assertThat(table.path("kind").asString()).isEqualTo("Table");
        assertThat(table.at("/columnDefinitions/0/name").asString()).isEqualTo("Name");
        assertThat(names(table.path("rows"), "/object/metadata/name")).contains("a");
        assertThat(table.at("/rows/0/object/kind").asString()).isEqualTo("PartialObjectMetadata");
        assertThat(table.at("/metadata/resourceVersion").asString()).isNotEmpty();
        var whole = https.get(MAPS + "/a?includeObject=Object", "Accept", TABLE).json();
        assertThat(whole.at("/rows/0/object/data/key").asString()).isEqualTo("1");
    }

    @Test
    void metadataAloneCanBeAskedFor() {
        https.post(MAPS, map("a", "1"));
        var list = https.get(MAPS, "Accept", PARTIAL).json();
        assertThat(list.path("kind").asString()).isEqualTo("PartialObjectMetadataList");
        assertThat(names(list.path("items"), "/metadata/name")).contains("a");
        assertThat(list.at("/items/0/data").isMissingNode()).isTrue();
    }

    @Test
    void whoAcceptsProtobufAloneGetsJson() {
        var reply = https.get(MAPS, "Accept", "application/vnd.kubernetes.protobuf");
        assertThat(reply.code()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void listsComeInParts() {
        for (var name : new String[] {"a", "b", "c"}) {
            https.post(MAPS, map(name, "1"));
        }
        var own = MAPS + "?fieldSelector=metadata.name!=kube-root-ca.crt&limit=2";
        var first = https.get(own).json();
        assertThat(names(first.path("items"), "/metadata/name")).containsExactly("a", "b");
        assertThat(first.at("/metadata/remainingItemCount").isMissingNode()).isTrue();
        var token = first.at("/metadata/continue").asString();
        var second = https.get(own + "&continue=" + token).json();
        assertThat(names(second.path("items"), "/metadata/name")).containsExactly("c");
        assertThat(second.at("/metadata/continue").isMissingNode()).isTrue();
    }

    @Test
    void aDryRunChangesNothing() {
        assertThat(https.post(MAPS + "?dryRun=All", map("d", "1")).code()).isEqualTo(201);
        assertThat(https.get(MAPS + "/d").code()).isEqualTo(404);
        assertStatus(https.post(MAPS + "?dryRun=Some", map("d", "1")), 422, "Invalid");
    }

    @Test
    void unknownFieldsAreRefusedOrWarnedOf() {
        var body =
                """
                {"metadata": {"name": "w"}, "dat": {}}
                """;
        var strict = https.post(MAPS + "?fieldValidation=Strict", body);
        assertStatus(strict, 400, "BadRequest");
        assertThat(strict.json().path("message").asString())
                .contains("strict decoding error: unknown field \"dat\"");
        var warned = https.post(MAPS + "?fieldValidation=Warn", body);
        assertThat(warned.code()).isEqualTo(201);
        assertThat(warned.header("Warning")).isEqualTo("299 - \"unknown field \\\"dat\\\"\"");
    }

    @Test
    void scaleAndStatusAreParts() {
        var deployments = "/apis/apps/v1/namespaces/default/deployments";
        https.post(deployments, DEPLOYMENT);
        var scale = https.get(deployments + "/web/scale").json();
        assertThat(scale.path("kind").asString()).isEqualTo("Scale");
        assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(2);
        var scaled =
                https.patch(
                        deployments + "/web/scale",
                        "merge-patch+json",
                        "{\"spec\":{\"replicas\":4}}");
        assertThat(scaled.json().path("kind").asString()).isEqualTo("Scale");
        assertThat(https.get(deployments + "/web").json().at("/spec/replicas").asInt())
                .isEqualTo(4);
        var status =
                https.patch(
                        deployments + "/web/status",
                        "merge-patch+json",
                        "{\"status\":{\"replicas\":4,\"readyReplicas\":4},\"spec\":{\"replicas\":9}}");
        assertThat(status.code()).isEqualTo(200);
        assertThat(status.json().at("/status/readyReplicas").asInt()).isEqualTo(4);
        assertThat(status.json().at("/spec/replicas").asInt()).isEqualTo(4);
    }

    @Test
    void podsAreBoundBothWays() {
        var pods = "/api/v1/namespaces/default/pods";
        for (var name : new String[] {"a", "b"}) {
            https.post(
                    pods,
                    """
                    {"metadata": {"name": "%s"}, "spec": {"containers": [{"name": "c", "image": "i"}]}}
                    """
                            .formatted(name));
        }
        var target =
                "{\"metadata\":{\"name\":\"%s\"},\"target\":{\"kind\":\"Node\",\"name\":\"n1\"}}";
        assertThat(https.post(pods + "/a/binding", target.formatted("a")).code()).isEqualTo(201);
        assertThat(https.post("/api/v1/namespaces/default/bindings", target.formatted("b")).code())
                .isEqualTo(201);
        for (var name : new String[] {"a", "b"}) {
            assertThat(https.get(pods + "/" + name).json().at("/spec/nodeName").asString())
                    .isEqualTo("n1");
        }
        assertStatus(https.post(pods + "/a/binding", target.formatted("a")), 409, "Conflict");
    }

    @Test
    void deletionsHeedBodyAndQuery() {
        https.post(MAPS, map("a", "1"));
        var stale =
                https.send(
                        https.request(MAPS + "/a", "Content-Type", "application/json")
                                .method(
                                        "DELETE",
                                        BodyPublishers.ofString(
                                                "{\"preconditions\":{\"uid\":\"other\"}}")));
        assertStatus(stale, 409, "Conflict");
        assertThat(https.delete(MAPS + "/a?dryRun=All").code()).isEqualTo(200);
        assertThat(https.get(MAPS + "/a").code()).isEqualTo(200);
        assertStatus(https.delete(MAPS + "/a?propagationPolicy=Wild"), 422, "Invalid");
        var all = https.delete(MAPS + "?fieldSelector=metadata.name=a");
        assertThat(names(all.json().path("items"), "/metadata/name")).containsExactly("a");
        assertThat(https.get(MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void ourOwnFailureIsAStatusThatLeadsToTheLog() {
        server.failUse(new IllegalStateException("the secret reason"));
        var reply = https.get("/apis/metrics.k8s.io/v1beta1/nodes");
        assertStatus(reply, 500, "InternalError");
        assertThat(reply.json().path("message").asString())
                .startsWith("Internal error occurred: it is in the log of Flotilla as ")
                .doesNotContain("secret", "Exception");
    }

    @Test
    void largeAnswersArePackedForWhoWantsIt() throws Exception {
        for (var i = 0; i < 40; i++) {
            https.post(MAPS, map("m" + i, "x".repeat(8000)));
        }
        var packed =
                https.send(
                        https.request(MAPS, "Accept-Encoding", "gzip").GET(),
                        BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(https.get(MAPS).response().body());
        }
        assertThat(packed.body().length).isLessThan(40_000);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/nosuch, 404, NotFound",
        "GET, /no/such/path, 404, NotFound",
        "GET, /apis/no.such/v1, 404, NotFound",
        "GET, /api/v1/pods/a, 404, NotFound",
        "GET, /api/v1/namespaces/default/nodes, 404, NotFound",
        "GET, /api/v1/namespaces/default/configmaps/a/status, 404, NotFound",
        "GET, /openapi/none, 404, NotFound",
        "GET, /api/v1/pods?limit=many, 400, BadRequest",
        "GET, /api/v1/pods?labelSelector=a%20in, 400, BadRequest",
        "GET, /api/v1/pods?resourceVersion=x, 400, BadRequest",
        "GET, /api/v1/pods?resourceVersionMatch=Exact, 422, Invalid",
        "GET, /api/v1/pods?sendInitialEvents=true, 422, Invalid",
        "GET, /api/v1/pods?watch=true&resourceVersionMatch=NotOlderThan, 422, Invalid",
        "POST, /api/v1/pods, 405, MethodNotAllowed",
        "PUT, /api/v1/namespaces/default/configmaps, 405, MethodNotAllowed",
        "POST, /version, 405, MethodNotAllowed",
        "TRACE, /api/v1/pods, 405, MethodNotAllowed",
    })
    void wrongRequestsGetAStatus(String method, String path, int code, String reason) {
        var request = https.request(path).method(method, BodyPublishers.noBody());
        assertStatus(https.send(request), code, reason);
    }

    @Test
    void wrongBodiesGetAStatus() {
        assertStatus(https.post(MAPS, "{"), 400, "BadRequest");
        assertStatus(https.post(MAPS, ""), 400, "BadRequest");
        assertStatus(https.post(MAPS, "[]"), 400, "BadRequest");
        assertStatus(https.post(MAPS, "{} {}"), 400, "BadRequest");
        assertStatus(https.post(MAPS, "[".repeat(100_000)), 400, "BadRequest");
        assertStatus(
                https.post(MAPS, "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}"), 400, "BadRequest");
        assertStatus(
                https.post(MAPS, "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v2\"}"),
                400,
                "BadRequest");
        assertStatus(https.post(MAPS, "{\"kind\":7}"), 400, "BadRequest");
        assertStatus(https.post(MAPS, "{\"metadata\":7}"), 400, "BadRequest");
        assertStatus(https.post(MAPS, "{\"metadata\":{}}"), 422, "Invalid");
        assertStatus(
                https.post(MAPS, map("a", "x".repeat(4_000_000))), 413, "RequestEntityTooLarge");
        assertStatus(https.patch(MAPS + "/a", "apply-patch+yaml", "{}"), 422, "Invalid");
        assertStatus(
                https.patch(MAPS + "/a?fieldManager=me", "apply-patch+yaml", "{}"),
                400,
                "BadRequest");
        assertStatus(https.patch(MAPS + "/a", "json", "{}"), 415, "UnsupportedMediaType");
        assertStatus(
                https.send(
                        https.request(MAPS, "Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("hello"))),
                415,
                "UnsupportedMediaType");
        assertStatus(https.get(MAPS, "Accept", "image/png"), 406, "NotAcceptable");
    }

    private static void assertStatus(Https.Reply reply, int code, String reason) {
        assertThat(reply.json().path("kind").asString()).isEqualTo("Status");
        assertThat(reply.json().path("status").asString()).isEqualTo("Failure");
        assertThat(reply.json().path("code").asInt()).as(reply.json().toString()).isEqualTo(code);
        assertThat(reply.json().path("reason").asString()).isEqualTo(reason);
        assertThat(reply.code()).isEqualTo(code);
    }

    private static List<String> names(JsonNode array, String pointer) {
        return array.valueStream().map(n -> n.at(pointer).asString()).toList();
    }

    private static String map(String name, String value) {
        return """
        {"metadata": {"name": "%s"}, "data": {"key": "%s"}}
        """
                .formatted(name, value);
    }

    private static final String DEPLOYMENT =
            """
            {"metadata": {"name": "web"}, "spec": {"replicas": 2,
             "selector": {"matchLabels": {"app": "web"}},
             "template": {"metadata": {"labels": {"app": "web"}},
              "spec": {"containers": [{"name": "c", "image": "i"}]}}}}
            """;
}
