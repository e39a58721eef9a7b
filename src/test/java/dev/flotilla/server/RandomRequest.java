package dev.flotilla.server;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Requests that nobody would send, and some that somebody would.
@SuppressWarnings("ArrayRecordComponent") // written once, compared by none
record RandomRequest(String method, String path, String type, byte[] body) {
    private static final List<String> METHODS =
            List.of(
                    "GET", "GET", "POST", "POST", "PUT", "PATCH", "PATCH", "DELETE", "HEAD",
                    "OPTIONS", "BREW");
    private static final List<String> BODIES = List.of("POST", "PUT", "PATCH", "DELETE");
    private static final List<String> KINDS =
            List.of(
                    "/api/v1/namespaces/default/configmaps",
                    "/api/v1/namespaces/default/configmaps",
                    "/api/v1/namespaces/default/configmaps",
                    "/api/v1/namespaces/default/pods",
                    "/api/v1/namespaces/default/services",
                    "/api/v1/namespaces/default/secrets",
                    "/apis/apps/v1/namespaces/default/statefulsets",
                    "/apis/apps/v1/namespaces/default/daemonsets",
                    "/apis/batch/v1/namespaces/default/cronjobs",
                    "/apis/networking.k8s.io/v1/namespaces/default/ingresses",
                    "/apis/policy/v1/namespaces/default/poddisruptionbudgets",
                    "/apis/coordination.k8s.io/v1/namespaces/default/leases",
                    "/api/v1/namespaces/default/resourcequotas",
                    "/api/v1/namespaces/default/persistentvolumeclaims",
                    "/api/v1/namespaces/default/events",
                    "/api/v1/namespaces",
                    "/api/v1/nodes",
                    "/api/v1/pods",
                    "/apis/apps/v1/namespaces/default/deployments",
                    "/apis/batch/v1/namespaces/default/jobs",
                    "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers",
                    "/apis/flotilla.dev/v1alpha1/machines",
                    "/apis/metrics.k8s.io/v1beta1/nodes",
                    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                    "/api/v1/namespaces/default/bindings",
                    "/apis/nothing.example/v1/things",
                    "/openapi/v3",
                    "/version",
                    "/nonsense");
    private static final List<String> ENDS =
            List.of(
                    "",
                    "",
                    "",
                    "/",
                    "/a",
                    "/a",
                    "/b",
                    "/c",
                    "/a/status",
                    "/a/scale",
                    "/a/log",
                    "/a/binding",
                    "/a/exec",
                    "/a/b/c/d",
                    "/%61",
                    "/%ff",
                    "/%00",
                    "/..",
                    "/%2e%2e/x",
                    "/a%2Fb",
                    "//a",
                    "/A_B",
                    "/a;x=1",
                    "/" + "n".repeat(300));
    private static final List<String> QUERIES =
            List.of(
                    "",
                    "",
                    "",
                    "?limit=1",
                    "?limit=-1",
                    "?limit=x",
                    "?limit=99999999999999999999",
                    "?labelSelector=a%3Db",
                    "?labelSelector=%21%21",
                    "?labelSelector=a+in+(",
                    "?fieldSelector=metadata.name%3Da",
                    "?fieldSelector=x%3D1",
                    "?continue=zzz",
                    "?resourceVersion=0",
                    "?resourceVersion=-1",
                    "?resourceVersion=1&resourceVersionMatch=Exact",
                    "?resourceVersion=18446744073709551615",
                    "?dryRun=All",
                    "?dryRun=Some",
                    "?fieldManager=" + "m".repeat(200),
                    "?fieldValidation=Strict",
                    "?fieldValidation=x",
                    "?propagationPolicy=Up",
                    "?gracePeriodSeconds=x",
                    "?orphanDependents=maybe",
                    "?pretty=true",
                    "?force=true&fieldManager=f",
                    "?=",
                    "?=&&&=",
                    "?a=%ff",
                    "?includeObject=x",
                    "?tailLines=-1",
                    "?container=%00");
    private static final List<String> TYPES =
            List.of(
                    "application/json",
                    "application/json",
                    "application/json",
                    "application/yaml",
                    "application/vnd.kubernetes.protobuf",
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json",
                    "application/apply-patch+yaml",
                    "application/cbor",
                    "text/plain",
                    "a;b=c",
                    ";;");
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "7",
                    "-1",
                    "1e999",
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
                    "[null]",
                    "\"\\ud800\"",
                    "{\"a\":\"b\"}",
                    "{\"a\":\"b\"}");
    private static final List<String> FIELDS =
            List.of(
                    "name",
                    "generateName",
                    "namespace",
                    "labels",
                    "annotations",
                    "uid",
                    "finalizers",
                    "resourceVersion",
                    "deletionTimestamp",
                    "ownerReferences",
                    "managedFields");

    static RandomRequest of(Random random) {
        return random.nextBoolean() ? likely(random) : odd(random);
    }

    /// One that is often taken.
    private static RandomRequest likely(Random random) {
        var name = pick(List.of("a", "b", "c", "d"), random);
        var kind =
                "/api/v1/namespaces/default/"
                        + pick(List.of("configmaps", "pods", "secrets"), random);
        var labels = random.nextInt(3) == 0 ? ",\"labels\":{\"a\":\"b\"}" : "";
        var body =
                "{\"metadata\":{\"name\":\"%s\",\"annotations\":{\"n\":\"%d\"}%s}%s}"
                        .formatted(
                                name,
                                random.nextInt(),
                                labels,
                                kind.endsWith("pods")
                                        ? ",\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}"
                                        : "");
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var one = kind + "/" + name;
        var json = "application/json";
        return switch (random.nextInt(8)) {
            case 0, 1 -> new RandomRequest("POST", kind, json, bytes);
            case 2 -> new RandomRequest("PUT", one, json, bytes);
            case 3 -> new RandomRequest("PATCH", one, "application/merge-patch+json", bytes);
            case 4 ->
                    new RandomRequest(
                            "PATCH",
                            one,
                            "application/merge-patch+json",
                            "{\"metadata\":{\"labels\":null}}".getBytes(StandardCharsets.UTF_8));
            case 5, 6 ->
                    new RandomRequest("DELETE", one + "?gracePeriodSeconds=0", json, new byte[0]);
            default -> new RandomRequest("GET", one, json, new byte[0]);
        };
    }

    private static RandomRequest odd(Random random) {
        var path = pick(KINDS, random) + pick(ENDS, random) + pick(QUERIES, random);
        var method = pick(METHODS, random);
        // Most who send a body in a GET do so by mistake.
        var silent = method.equals("HEAD") || (!BODIES.contains(method) && random.nextInt(4) > 0);
        return new RandomRequest(
                method, path, pick(TYPES, random), silent ? new byte[0] : body(random));
    }

    HttpRequest.Builder on(Https https) {
        return https.request(path, "Content-Type", type)
                .method(
                        method,
                        body.length > 0 || BODIES.contains(method)
                                ? BodyPublishers.ofByteArray(body)
                                : BodyPublishers.noBody());
    }

    private static byte[] body(Random random) {
        var text =
                switch (random.nextInt(12)) {
                    case 0 -> "";
                    case 1 -> pick(VALUES, random);
                    case 2 -> "[".repeat(random.nextInt(3000));
                    case 3 -> "a: &a [*a, *a]\n---\n{";
                    case 4 -> patch(random);
                    case 5 ->
                            "{\"kind\":\"DeleteOptions\",\"gracePeriodSeconds\":%s}"
                                    .formatted(pick(VALUES, random));
                    case 6 -> "k8s\0" + raw(random);
                    case 7 -> raw(random);
                    default -> object(random);
                };
        return text.getBytes(
                random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    private static String object(Random random) {
        var odd = random.nextInt(3) == 0;
        return "{\"metadata\":{\"name\":\"%s\"%s},\"data\":{\"k\":%s},\"spec\":%s}"
                .formatted(
                        pick(List.of("a", "b", "c", "d"), random),
                        odd ? ",\"" + pick(FIELDS, random) + "\":" + pick(VALUES, random) : "",
                        random.nextInt(4) == 0
                                ? pick(VALUES, random)
                                : "\"" + random.nextInt() + "\"",
                        random.nextBoolean()
                                ? "{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}"
                                : pick(VALUES, random));
    }

    private static String patch(Random random) {
        return "[{\"op\":\"%s\",\"path\":\"%s\",\"value\":%s}]"
                .formatted(
                        pick(
                                List.of("add", "remove", "replace", "test", "move", "copy", "x"),
                                random),
                        pick(List.of("/data/k", "/metadata/labels", "", "/a~9", "/data/-"), random),
                        pick(VALUES, random));
    }

    private static String raw(Random random) {
        var bytes = new byte[random.nextInt(60)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
