package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;

/// What a strict reader says of fields that nobody knows and of fields given twice, in each way of
/// writing, word for word.
class StrictTest {
    private static final String APPS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String DOUBTFUL =
            """
            {"kind": "Deployment", "apiVersion": "apps/v1", "metadata": {"name": "%s"},
             "spec": {"unknown1": 1, "unknownDupe": 1, "unknownDupe": 2, "paused": true,
              "paused": false, "selector": {"matchLabels": {"a": "b"}},
              "template": {"metadata": {"labels": {"a": "c", "a": "b"}},
               "spec": {"containers": [{"name": "n", "image": "i", "unknownNested": 1,
                "imagePullPolicy": "Always", "imagePullPolicy": "Never"}]}}}}
            """;
    private static final String DOUBTFUL_YAML =
            """
            kind: Deployment
            apiVersion: apps/v1
            metadata:
              name: NAME
            spec:
              unknown1: 1
              paused: true
              paused: false
              selector: {matchLabels: {a: b}}
              template:
                metadata: {labels: {a: b}}
                spec:
                  containers:
                  - name: n
                    image: i
                    imagePullPolicy: Always
                    unknownNested: 1
                    imagePullPolicy: Never
            """;

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
    void json() {
        var strict = https.post(APPS + "?fieldValidation=Strict", DOUBTFUL.formatted("a"));
        assertThat(strict.code()).isEqualTo(400);
        assertThat(strict.json().path("message").asString())
                .isEqualTo(
                        "Deployment in version \"v1\" cannot be handled as a Deployment: strict"
                            + " decoding error: unknown field \"spec.unknown1\", unknown field"
                            + " \"spec.unknownDupe\", duplicate field \"spec.paused\", duplicate"
                            + " field \"spec.template.metadata.labels.a\", unknown field"
                            + " \"spec.template.spec.containers[0].unknownNested\", duplicate field"
                            + " \"spec.template.spec.containers[0].imagePullPolicy\"");
        var warned = https.post(APPS, DOUBTFUL.formatted("a"));
        assertThat(warned.code()).isEqualTo(201);
        assertThat(warned.response().headers().allValues("Warning"))
                .hasSize(6)
                .contains("299 - \"duplicate field \\\"spec.paused\\\"\"");
        assertThat(warned.json().path("spec").has("unknown1")).isFalse();
        var ignored = https.post(APPS + "?fieldValidation=Ignore", DOUBTFUL.formatted("b"));
        assertThat(ignored.code()).isEqualTo(201);
        assertThat(ignored.header("Warning")).isEmpty();
    }

    @Test
    void yaml() {
        var strict = yaml("POST", APPS + "?fieldValidation=Strict", "application/yaml", "y");
        assertThat(strict.code()).isEqualTo(400);
        assertThat(strict.json().path("message").asString())
                .isEqualTo(
                        "Deployment in version \"v1\" cannot be handled as a Deployment: strict"
                            + " decoding error: yaml: unmarshal errors:\n"
                            + "  line 8: key \"paused\" already set in map\n"
                            + "  line 18: key \"imagePullPolicy\" already set in map, unknown field"
                            + " \"spec.template.spec.containers[0].unknownNested\", unknown field"
                            + " \"spec.unknown1\"");
        var warned = yaml("POST", APPS, "application/yaml", "y");
        assertThat(warned.response().headers().allValues("Warning"))
                .containsExactly(
                        "299 - \"line 8: key \\\"paused\\\" already set in map\"",
                        "299 - \"line 18: key \\\"imagePullPolicy\\\" already set in map\"",
                        "299 - \"unknown field"
                                + " \\\"spec.template.spec.containers[0].unknownNested\\\"\"",
                        "299 - \"unknown field \\\"spec.unknown1\\\"\"");
    }

    @Test
    void patches() {
        https.post(APPS, DOUBTFUL.formatted("p"));
        var at = APPS + "/p?fieldValidation=Strict";
        var merge = "{\"spec\":{\"foo\":1,\"paused\":true,\"paused\":false}}";
        var merged = https.patch(at, "merge-patch+json", merge);
        assertThat(merged.code()).isEqualTo(422);
        assertThat(merged.json().path("message").asString())
                .startsWith(" \"\" is invalid: patch: Invalid value: \"{\\\"")
                .endsWith(
                        "}\": strict decoding error: duplicate field \"spec.paused\", unknown field"
                                + " \"spec.foo\"");
        assertThat(merged.json().at("/details/causes/0/field").asString()).isEqualTo("patch");
        var strategic = https.patch(at, "strategic-merge-patch+json", "{\"spec\":{\"foo\":[1]}}");
        assertThat(strategic.json().path("message").asString())
                .isEqualTo(
                        " \"\" is invalid: patch: Invalid value: \"map[spec:map[foo:[1]]]\": strict"
                                + " decoding error: unknown field \"spec.foo\"");
        var operations = "[{\"op\":\"add\",\"path\":\"/spec/foo\",\"value\":1,\"x\":1}]";
        assertThat(https.patch(at, "json-patch+json", operations).json().path("message").asString())
                .endsWith(
                        "strict decoding error: json patch unknown field \"[0].x\", unknown field"
                                + " \"spec.foo\"");
        var scale = APPS + "/p/scale?fieldValidation=Strict";
        assertThat(
                        https.patch(scale, "merge-patch+json", "{\"spec\":{\"foo\":1}}")
                                .json()
                                .path("message")
                                .asString())
                .endsWith("strict decoding error: unknown field \"spec.foo\"");
    }

    @Test
    void apply() {
        var body = "kind: ConfigMap\napiVersion: v1\nmetadata: {name: m}\ndata:\n  a: x\n  a: y\n";
        var at = "/api/v1/namespaces/default/configmaps/m?fieldManager=me";
        var strict = send("PATCH", at + "&fieldValidation=Strict", APPLY, body);
        assertThat(strict.code()).isEqualTo(400);
        assertThat(strict.json().path("message").asString())
                .isEqualTo(
                        "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal"
                                + " errors:\n  line 6: key \"a\" already set in map");
        var warned = send("PATCH", at, APPLY, body);
        assertThat(warned.code()).isEqualTo(201);
        assertThat(warned.header("Warning"))
                .isEqualTo("299 - \"line 6: key \\\"a\\\" already set in map\"");
        assertThat(send("PATCH", at, APPLY, body).code()).isEqualTo(200);
        assertThat(
                        send("PATCH", at.replace("fieldManager=me", ""), APPLY, body)
                                .json()
                                .path("message")
                                .asString())
                .isEqualTo(
                        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is"
                                + " required for apply patch");
        var json = "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"m\"}}";
        assertThat(send("PATCH", at, APPLY, json).code()).isEqualTo(200);
    }

    @Test
    void tooManyWarningsAreCutShort() {
        var body = new StringBuilder("{\"metadata\":{\"name\":\"w\"}");
        for (int i = 0; i < 40; i++) {
            body.append(",\"").append(("f" + i).repeat(80)).append("\":1");
        }
        var reply = https.post("/api/v1/namespaces/default/configmaps", body + "}");
        assertThat(reply.code()).isEqualTo(201);
        var warnings = reply.response().headers().allValues("Warning");
        assertThat(warnings).hasSizeGreaterThan(10);
        assertThat(warnings.stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(4096);
        assertThat(warnings).allMatch(w -> w.endsWith("\""));
    }

    private static final String APPLY = "application/apply-patch+yaml";

    private static Https.Reply yaml(String method, String path, String type, String name) {
        return send(method, path, type, DOUBTFUL_YAML.replace("NAME", name));
    }

    private static Https.Reply send(String method, String path, String type, String body) {
        return https.send(
                https.request(path)
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofString(body)));
    }
}
