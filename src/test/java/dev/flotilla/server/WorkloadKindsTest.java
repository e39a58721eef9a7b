package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The kinds of workloads over HTTP and with the real kubectl. No loop runs.
class WorkloadKindsTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
    private static final String EVICTION =
            "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"%s\"}}";

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

    private void runningPod(String name) {
        https.post(
                PODS,
                """
                {"metadata": {"name": "%s", "labels": {"app": "web"}},
                 "spec": {"nodeName": "n1", "containers": [{"name": "c", "image": "i"}]}}
                """
                        .formatted(name));
        https.patch(
                PODS + "/" + name + "/status",
                "merge-patch+json",
                "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    }

    @Test
    void evictionsHeedBudgets() {
        runningPod("a");
        runningPod("b");
        assertThat(https.post(PODS + "/a/eviction", EVICTION.formatted("b")).code()).isEqualTo(400);
        assertThat(https.post(PODS + "/none/eviction", EVICTION.formatted("none")).code())
                .isEqualTo(404);
        assertThat(https.get(PODS + "/a/eviction").code()).isEqualTo(405);
        https.post(
                BUDGETS,
                """
                {"metadata": {"name": "web"},
                 "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "web"}}}}
                """);
        var waits = https.post(PODS + "/a/eviction", EVICTION.formatted("a"));
        assertThat(waits.code()).isEqualTo(429);
        assertThat(waits.header("Retry-After")).isEqualTo("10");
        https.patch(
                BUDGETS + "/web/status",
                "merge-patch+json",
                """
                {"status": {"observedGeneration": 1, "disruptionsAllowed": 1, "currentHealthy": 2,
                 "desiredHealthy": 1, "expectedPods": 2}}
                """);
        var dry = https.post(PODS + "/a/eviction?dryRun=All", EVICTION.formatted("a"));
        assertThat(dry.code()).isEqualTo(201);
        var evicted = https.post(PODS + "/a/eviction", EVICTION.formatted("a"));
        assertThat(evicted.code()).isEqualTo(201);
        assertThat(evicted.json().path("status").asString()).isEqualTo("Success");
        assertThat(https.get(PODS + "/a").json().at("/metadata/deletionTimestamp").isMissingNode())
                .isFalse();
        var refused = https.post(PODS + "/b/eviction", EVICTION.formatted("b"));
        assertThat(refused.code()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEmpty();
        assertThat(refused.json().at("/details/causes/0/reason").asString())
                .isEqualTo("DisruptionBudget");
    }

    @Test
    void groupsAndKindsComeInKubernetesOrder() {
        var groups = new ArrayList<String>();
        https.get("/apis").json().path("groups").forEach(g -> groups.add(g.at("/name").asString()));
        assertThat(groups)
                .containsSubsequence(
                        "apps",
                        "events.k8s.io",
                        "autoscaling",
                        "batch",
                        "policy",
                        "coordination.k8s.io",
                        "node.k8s.io",
                        "flotilla.dev");
        assertThat(https.get("/apis/autoscaling").json().at("/preferredVersion/version").asString())
                .isEqualTo("v2");
        var names = new ArrayList<String>();
        https.get("/api/v1")
                .json()
                .path("resources")
                .forEach(r -> names.add(r.at("/name").asString()));
        assertThat(names)
                .containsSubsequence(
                        "configmaps",
                        "events",
                        "namespaces",
                        "pods",
                        "pods/binding",
                        "pods/eviction");
        var whole = names.stream().filter(n -> !n.contains("/")).toList();
        assertThat(whole).isSorted();
    }

    @Test
    void kubectlMakesAndShowsThem() {
        Kubectl.require();
        var kubectl = new Kubectl(server.kubeconfig, temp);
        kubectl.ok("create", "deployment", "web", "--image=nginx:1");
        kubectl.ok("create", "job", "pi", "--image=perl");
        kubectl.ok("create", "cronjob", "nightly", "--image=perl", "--schedule=0 3 * * *");
        kubectl.ok("create", "pdb", "web", "--min-available=1", "--selector=app=web");
        kubectl.ok("autoscale", "deployment", "web", "--max=5", "--cpu-percent=60");
        assertThat(kubectl.run("get", "all").ok().out().lines().filter(l -> l.contains("/")))
                .extracting(l -> l.split(" ")[0])
                .containsSubsequence(
                        "deployment.apps/web",
                        "horizontalpodautoscaler.autoscaling/web",
                        "cronjob.batch/nightly",
                        "job.batch/pi");
        assertThat(kubectl.run("get", "pdb").ok().table().getLast().subList(0, 4))
                .isEqualTo(List.of("web", "1", "N/A", "0"));
        assertThat(kubectl.ok("get", "hpa", "web", "-o", "jsonpath={.apiVersion}"))
                .isEqualTo("autoscaling/v2");
        assertThat(
                        kubectl.ok(
                                "get",
                                "horizontalpodautoscalers.v1.autoscaling",
                                "web",
                                "-o",
                                "jsonpath={.spec.targetCPUUtilizationPercentage}"))
                .isEqualTo("60");
        assertThat(kubectl.run("delete", "job", "pi", "--cascade=background").ok().out())
                .contains("job.batch \"pi\" deleted");
        assertThat(kubectl.run("create", "cronjob", "bad", "--image=i", "--schedule=never").err())
                .contains(
                        "spec.schedule: Invalid value: \"never\": expected exactly 5 fields, found"
                                + " 1: [never]");
    }
}
