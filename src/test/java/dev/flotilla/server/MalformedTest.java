package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Whatever a client sends, it hears what is wrong with it: never a 500, always a Status.
class MalformedTest {
    private static final List<String> PATHS =
            List.of(
                    "/api/v1/namespaces/default/pods",
                    "/api/v1/namespaces/default/pods/a",
                    "/api/v1/namespaces/default/pods/a/status",
                    "/api/v1/namespaces/default/pods/a/binding",
                    "/apis/apps/v1/namespaces/default/deployments",
                    "/apis/apps/v1/namespaces/default/deployments/a",
                    "/apis/apps/v1/namespaces/default/deployments/a/scale",
                    "/apis/apps/v1/namespaces/default/deployments/a/status",
                    "/apis/flotilla.dev/v1alpha1/machines",
                    "/api/v1/nodes/a",
                    "/api/v1/namespaces/a/finalize",
                    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews");
    private static final List<String> TYPES =
            List.of(
                    "application/json",
                    "application/yaml",
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json");
    private static final List<String> METHODS = List.of("POST", "PUT", "PATCH", "DELETE");
    private static final String SEED_OBJECT =
            """
            {"metadata": {"name": "a", "labels": {"app": "a"}, "resourceVersion": "3",
              "ownerReferences": [{"kind": "X", "name": "x", "uid": "u", "apiVersion": "v1"}],
              "finalizers": ["a.b/c"]},
             "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "a"}},
              "template": {"metadata": {"labels": {"app": "a"}},
               "spec": {"containers": [{"name": "c", "image": "i",
                 "ports": [{"containerPort": 80}], "env": [{"name": "A", "value": "1"}],
                 "resources": {"requests": {"cpu": "1"}}}]}},
              "containers": [{"name": "c", "image": "i"}]},
             "status": {"conditions": [{"type": "Ready", "status": "True"}]},
             "target": {"kind": "Node", "name": "n"}, "$patch": "merge"}
            """;

    @TempDir Path temp;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverAnInternalError(long seed) {
        var random = new Random(seed);
        try (var server = new TestServer(temp);
                var https = server.https()) {
            https.post("/apis/apps/v1/namespaces/default/deployments", SEED_OBJECT);
            https.post("/api/v1/namespaces/default/pods", SEED_OBJECT);
            for (var i = 0; i < 300; i++) {
                var path = pick(PATHS, random);
                var type = pick(TYPES, random);
                var method = pick(METHODS, random);
                var body = body(random);
                var reply =
                        https.send(
                                https.request(path, "Content-Type", type)
                                        .method(method, BodyPublishers.ofString(body)));
                var what = "%s %s %s %s: %s".formatted(method, path, type, body, reply.json());
                assertThat(reply.code()).as(what).isLessThan(500);
                if (reply.code() >= 400) {
                    assertThat(reply.json().path("kind").asString()).as(what).isEqualTo("Status");
                    assertThat(reply.json().path("message").asString())
                            .as(what)
                            .doesNotContain("java.", "dev.flotilla", "tools.jackson");
                }
            }
        }
    }

    @Test
    void neitherHugeNumbersNorBrokenTextTellOfJava() {
        try (var server = new TestServer(temp);
                var https = server.https()) {
            var path = "/api/v1/namespaces/default/configmaps/a";
            for (var body :
                    List.of(
                            "{\"kind\":\"DeleteOptions\",\"gracePeriodSeconds\":99999999999999999999}",
                            "\u00a1")) {
                var bytes = body.getBytes(StandardCharsets.ISO_8859_1);
                var reply =
                        https.send(
                                https.request(path, "Content-Type", "application/yaml")
                                        .method("DELETE", BodyPublishers.ofByteArray(bytes)));
                assertThat(reply.code()).isEqualTo(400);
                assertThat(reply.json().path("message").asString()).doesNotContain("java");
            }
        }
    }

    private static String body(Random random) {
        if (random.nextInt(5) == 0) {
            return patch(random);
        }
        JsonNode tree = JsonMapper.shared().readTree(SEED_OBJECT);
        for (var i = 0; i <= random.nextInt(3); i++) {
            damage(tree, random);
        }
        var text = tree.toString();
        return random.nextInt(10) == 0 ? text.substring(0, random.nextInt(text.length())) : text;
    }

    private static String patch(Random random) {
        var op = pick(List.of("add", "remove", "replace", "move", "copy", "test", "x"), random);
        var path =
                pick(
                        List.of(
                                "/spec/replicas",
                                "/metadata/name",
                                "",
                                "/spec/template/spec/containers/9",
                                "/a~9",
                                "x"),
                        random);
        return "[{\"op\":\"%s\",\"path\":\"%s\",\"from\":\"%s\",\"value\":%s}]"
                .formatted(op, path, path, oddity(random));
    }

    /// Puts something odd in the place of one value somewhere in the tree.
    private static void damage(JsonNode tree, Random random) {
        var places = new ArrayList<JsonNode>();
        collect(tree, places);
        var odd = JsonMapper.shared().readTree(oddity(random));
        switch (pick(places, random)) {
            case ObjectNode object when !object.isEmpty() -> {
                var names = List.copyOf(object.propertyNames());
                object.set(pick(names, random), odd);
            }
            case ArrayNode array when !array.isEmpty() ->
                    array.set(random.nextInt(array.size()), odd);
            default -> {}
        }
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainer()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private static String oddity(Random random) {
        return pick(
                List.of(
                        "null",
                        "7",
                        "-1",
                        "1e99",
                        "\"\"",
                        "\"x\"",
                        "\"\\u0000\"",
                        "[]",
                        "{}",
                        "true",
                        "[[]]",
                        "{\"a\":null}",
                        "99999999999999999999",
                        "0.5",
                        "[null]"),
                random);
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
