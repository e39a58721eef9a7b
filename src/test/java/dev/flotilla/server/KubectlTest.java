package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.MostlyWaits;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The real kubectl says and does here what it says and does with Kubernetes. No loop runs, so
/// nothing becomes ready unless a test says so through the API.
@MostlyWaits
class KubectlTest {
    private static final String DEPLOYMENT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: nginx, image: "nginx:1"}]}
            """;
    private static final String NODE = "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n";

    @TempDir static Path temp;

    private TestServer server;
    private Kubectl kubectl;

    @BeforeAll
    static void findKubectl() {
        Kubectl.require();
    }

    @BeforeEach
    void start() {
        server = new TestServer(temp);
        kubectl = new Kubectl(server.kubeconfig, temp);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void version() {
        assertThat(kubectl.ok("version")).contains("Server Version: v1.32.0+flotilla.0.1.0");
    }

    @Test
    void apiResources() {
        var table = kubectl.run("api-resources").ok().table();
        assertThat(table)
                .contains(
                        List.of("pods", "po", "v1", "true", "Pod"),
                        List.of("namespaces", "ns", "v1", "false", "Namespace"),
                        List.of("deployments", "deploy", "apps/v1", "true", "Deployment"),
                        List.of("machines", "flotilla.dev/v1alpha1", "false", "Machine"),
                        List.of("pods", "metrics.k8s.io/v1beta1", "true", "PodMetrics"));
        assertThat(kubectl.ok("api-versions").lines())
                .contains("v1", "apps/v1", "flotilla.dev/v1alpha1");
    }

    @Test
    void getInEveryForm() {
        assertThat(kubectl.run("get", "pods").ok().err())
                .isEqualTo("No resources found in default namespace.\n");
        kubectl.ok("run", "one", "--image=nginx", "--labels=a=b");
        assertThat(ageless(kubectl.run("get", "pods")))
                .containsExactly(
                        List.of("NAME", "READY", "STATUS", "RESTARTS"),
                        List.of("one", "0/1", "Pending", "0"));
        assertThat(kubectl.ok("get", "pods", "-o", "wide"))
                .startsWith("NAME   READY   STATUS    RESTARTS   AGE")
                .contains("NOMINATED NODE", "READINESS GATES", "<none>");
        assertThat(kubectl.ok("get", "pods", "-o", "name")).isEqualTo("pod/one\n");
        assertThat(kubectl.ok("get", "pod", "one", "-o", "yaml"))
                .startsWith("apiVersion: v1\nkind: Pod\nmetadata:\n")
                .contains("  - image: nginx\n");
        var json = JsonMapper.shared().readTree(kubectl.ok("get", "pods", "-o", "json"));
        assertThat(json.path("kind").asString()).isEqualTo("List");
        assertThat(json.at("/items/0/metadata/name").asString()).isEqualTo("one");
        assertThat(kubectl.ok("get", "pods", "-l", "a=b", "-o", "name")).isEqualTo("pod/one\n");
        assertThat(kubectl.ok("get", "pods", "-l", "a!=b", "-o", "name")).isEmpty();
        assertThat(kubectl.ok("get", "pods", "-A")).contains("NAMESPACE", "default");
        assertThat(kubectl.ok("get", "all")).contains("pod/one");
        assertThat(kubectl.run("get", "pod", "two").fails().err())
                .isEqualTo("Error from server (NotFound): pods \"two\" not found\n");
        assertThat(kubectl.run("get", "things").fails().err())
                .isEqualTo("error: the server doesn't have a resource type \"things\"\n");
        assertThat(kubectl.run("get", "pods", "-l", "a in").fails().exit()).isEqualTo(1);
    }

    @Test
    void getWatches() throws Exception {
        kubectl.ok("create", "configmap", "a", "--from-literal=k=1");
        var process =
                kubectl.start("get", "configmaps", "-w", "-l", "!none", "--output-watch-events");
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).matches("EVENT +NAME +DATA +AGE");
            awaitLine(lines, "ADDED +a +1 .*");
            kubectl.ok("create", "configmap", "b", "--from-literal=k=1");
            awaitLine(lines, "ADDED +b +1 .*");
            kubectl.ok("patch", "configmap", "b", "-p", "{\"data\":{\"l\":\"2\"}}");
            awaitLine(lines, "MODIFIED +b +2 .*");
            kubectl.ok("delete", "configmap", "b");
            awaitLine(lines, "DELETED +b +2 .*");
        } finally {
            process.destroy();
        }
    }

    @Test
    void createDeploymentAndDescribe() {
        assertThat(kubectl.ok("create", "deployment", "web", "--image=nginx", "--replicas=3"))
                .isEqualTo("deployment.apps/web created\n");
        assertThat(ageless(kubectl.run("get", "deployments")))
                .containsExactly(
                        List.of("NAME", "READY", "UP-TO-DATE", "AVAILABLE"),
                        List.of("web", "0/3", "0", "0"));
        assertThat(kubectl.ok("describe", "deployment", "web"))
                .contains("Name:                   web\n")
                .contains("Replicas:               3 desired | 0 updated | 0 total")
                .contains("RollingUpdateStrategy:  25% max unavailable, 25% max surge\n")
                .contains("Image:         nginx\n");
        assertThat(kubectl.run("create", "deployment", "web", "--image=nginx").fails().err())
                .isEqualTo(
                        "error: failed to create deployment: deployments.apps \"web\" already"
                                + " exists\n");
    }

    @Test
    void otherGenerators() {
        assertThat(kubectl.ok("create", "namespace", "shop")).isEqualTo("namespace/shop created\n");
        assertThat(kubectl.ok("create", "secret", "generic", "s", "--from-literal=a=b"))
                .isEqualTo("secret/s created\n");
        assertThat(kubectl.ok("get", "secret", "s", "-o", "jsonpath={.data.a}")).isEqualTo("Yg==");
        assertThat(kubectl.run("get", "secret", "s").ok().table().get(1))
                .startsWith("s", "Opaque", "1");
        assertThat(kubectl.ok("create", "serviceaccount", "robot"))
                .isEqualTo("serviceaccount/robot created\n");
        assertThat(kubectl.ok("run", "one", "--image=nginx", "--port=80", "--env=A=B"))
                .isEqualTo("pod/one created\n");
        assertThat(kubectl.ok("describe", "pod", "one"))
                .contains("Status:           Pending", "Port:       80/TCP", "A:  B");
        assertThat(kubectl.ok("get", "sa", "-n", "shop", "-o", "name"))
                .contains("serviceaccount/default");
    }

    @Test
    void applyCreatesAndChanges() {
        assertThat(apply(DEPLOYMENT).ok().out()).isEqualTo("deployment.apps/web created\n");
        assertThat(apply(DEPLOYMENT).ok().out()).isEqualTo("deployment.apps/web unchanged\n");
        var changed =
                DEPLOYMENT.replace("replicas: 2", "replicas: 5").replace("nginx:1", "nginx:2");
        assertThat(apply(changed).ok().out()).isEqualTo("deployment.apps/web configured\n");
        var web = object("deployment", "web");
        assertThat(web.at("/spec/replicas").asInt()).isEqualTo(5);
        assertThat(web.at("/spec/template/spec/containers/0/image").asString())
                .isEqualTo("nginx:2");
        assertThat(web.at("/spec/template/spec/containers")).hasSize(1);
    }

    @Test
    void applyRefusesAMisspelledField() {
        var said = apply(DEPLOYMENT.replace("replicas:", "replicsa:")).fails();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err())
                .contains("Error from server (BadRequest)")
                .contains(
                        "Deployment in version \"v1\" cannot be handled as a Deployment: strict"
                                + " decoding error: unknown field \"spec.replicsa\"");
        assertThat(kubectl.run("get", "deployment", "web").exit()).isEqualTo(1);
    }

    @Test
    void scaleAndSetImage() {
        apply(DEPLOYMENT).ok();
        assertThat(kubectl.ok("scale", "deployment/web", "--replicas=7"))
                .isEqualTo("deployment.apps/web scaled\n");
        assertThat(kubectl.ok("set", "image", "deployment/web", "nginx=nginx:9"))
                .isEqualTo("deployment.apps/web image updated\n");
        var web = object("deployment", "web");
        assertThat(web.at("/spec/replicas").asInt()).isEqualTo(7);
        assertThat(web.at("/spec/template/spec/containers/0/image").asString())
                .isEqualTo("nginx:9");
        assertThat(web.at("/metadata/generation").asInt()).isEqualTo(3);
        assertThat(
                        kubectl.run(
                                        "scale",
                                        "deployment/web",
                                        "--current-replicas=2",
                                        "--replicas=1")
                                .fails()
                                .err())
                .contains("Expected replicas to be 2, was 7");
    }

    @Test
    void patchInThreeWays() {
        apply(DEPLOYMENT).ok();
        var json = "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":4}]";
        assertThat(kubectl.ok("patch", "deployment", "web", "--type=json", "-p", json))
                .isEqualTo("deployment.apps/web patched\n");
        var merge = "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}";
        kubectl.ok("patch", "deployment", "web", "--type=merge", "-p", merge);
        var strategic =
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"nginx\",\"env\":[{\"name\":\"A\",\"value\":\"1\"}]},{\"name\":\"side\",\"image\":\"busybox\"}]}}}}";
        kubectl.ok("patch", "deployment", "web", "-p", strategic);
        var web = object("deployment", "web");
        assertThat(web.at("/spec/replicas").asInt()).isEqualTo(4);
        assertThat(web.at("/metadata/labels/a").asString()).isEqualTo("b");
        var containers = web.at("/spec/template/spec/containers");
        assertThat(containers).hasSize(2);
        assertThat(containers.toString()).contains("\"nginx:1\"", "\"busybox\"", "\"A\"");
        assertThat(kubectl.ok("patch", "deployment", "web", "--type=merge", "-p", merge))
                .isEqualTo("deployment.apps/web patched (no change)\n");
    }

    @Test
    void labelAndAnnotate() {
        kubectl.ok("run", "one", "--image=nginx");
        assertThat(kubectl.ok("label", "pod", "one", "tier=front")).isEqualTo("pod/one labeled\n");
        assertThat(kubectl.run("label", "pod", "one", "tier=back").fails().err())
                .contains("'tier' already has a value (front), and --overwrite is false");
        kubectl.ok("label", "pod", "one", "tier=back", "--overwrite");
        assertThat(kubectl.ok("annotate", "pod", "one", "note=hello"))
                .isEqualTo("pod/one annotated\n");
        kubectl.ok("label", "pod", "one", "run-");
        var metadata = object("pod", "one").path("metadata");
        assertThat(metadata.path("labels").toString()).isEqualTo("{\"tier\":\"back\"}");
        assertThat(metadata.at("/annotations/note").asString()).isEqualTo("hello");
    }

    @Test
    void cordonAndUncordon() {
        apply(NODE).ok();
        assertThat(kubectl.ok("cordon", "n1")).isEqualTo("node/n1 cordoned\n");
        assertThat(kubectl.run("get", "nodes").ok().table().get(1).get(1))
                .endsWith("SchedulingDisabled");
        assertThat(object("node", "n1").at("/spec/unschedulable").asBoolean()).isTrue();
        assertThat(kubectl.ok("uncordon", "n1")).isEqualTo("node/n1 uncordoned\n");
        assertThat(object("node", "n1").at("/spec/unschedulable").asBoolean(false)).isFalse();
    }

    @Test
    void waitForACondition() throws Exception {
        apply(NODE).ok();
        assertThat(
                        kubectl.run("wait", "--for=condition=Ready", "node/n1", "--timeout=1s")
                                .fails()
                                .err())
                .isEqualTo("error: timed out waiting for the condition on nodes/n1\n");
        var process = kubectl.start("wait", "--for=condition=Ready", "node/n1", "--timeout=60s");
        kubectl.ok(
                "patch",
                "node",
                "n1",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
        assertThat(process.waitFor()).isZero();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("node/n1 condition met\n");
        assertThat(kubectl.run("get", "nodes").ok().table().get(1)).startsWith("n1", "Ready");
    }

    @Test
    void deleteAndWaitUntilItIsGone() {
        apply(DEPLOYMENT).ok();
        kubectl.ok("run", "one", "--image=nginx", "--labels=a=b");
        assertThat(kubectl.ok("delete", "deployment", "web"))
                .isEqualTo("deployment.apps \"web\" deleted\n");
        assertThat(kubectl.ok("delete", "pods", "-l", "a=b")).isEqualTo("pod \"one\" deleted\n");
        assertThat(kubectl.run("delete", "pod", "one").fails().err())
                .isEqualTo("Error from server (NotFound): pods \"one\" not found\n");
        assertThat(kubectl.ok("delete", "pod", "one", "--ignore-not-found")).isEmpty();
        kubectl.ok("run", "two", "--image=nginx");
        assertThat(kubectl.ok("delete", "pods", "--all")).isEqualTo("pod \"two\" deleted\n");
    }

    @Test
    void explain() {
        assertThat(kubectl.ok("explain", "deployment.spec.strategy"))
                .contains("GROUP:      apps", "KIND:       Deployment", "VERSION:    v1")
                .contains("FIELD: strategy <DeploymentStrategy>")
                .contains("rollingUpdate\t<RollingUpdateDeployment>", "type\t<string>");
        assertThat(kubectl.run("explain", "deployment.spec.nosuch").fails().err())
                .contains("field \"nosuch\" does not exist");
    }

    @Test
    void whoAmIAndMayI() {
        assertThat(kubectl.ok("auth", "can-i", "create", "pods")).isEqualTo("yes\n");
        assertThat(kubectl.ok("auth", "can-i", "--list")).contains("*.*", "[*]");
        assertThat(kubectl.ok("auth", "whoami")).contains("flotilla-admin", "system:masters");
    }

    @Test
    void topShowsWhatIsUsed() {
        apply(NODE).ok();
        kubectl.ok(
                "patch",
                "node",
                "n1",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"allocatable\":{\"cpu\":\"4\",\"memory\":\"8Gi\"}}}");
        kubectl.ok("run", "one", "--image=nginx", "--labels=a=b");
        server.uses("n1", 1000, 2L << 30, "one", 250, 64L << 20);
        assertThat(kubectl.run("top", "nodes").ok().table().get(1))
                .containsExactly("n1", "1000m", "25%", "2048Mi", "25%");
        assertThat(kubectl.run("top", "pods").ok().table().get(1))
                .containsExactly("one", "250m", "64Mi");
        assertThat(kubectl.run("top", "pods", "-l", "a=c").ok().err())
                .contains("No resources found");
    }

    @Test
    void apiPathsByHand() {
        assertThat(kubectl.ok("get", "--raw", "/readyz")).isEqualTo("ok");
        assertThat(kubectl.ok("get", "--raw", "/metrics")).contains("apiserver_request_total");
        assertThat(kubectl.run("get", "--raw", "/apis/none").fails().err())
                .contains("Error from server (NotFound)");
    }

    private Kubectl.Said apply(String yaml) {
        return kubectl.runWithInput(yaml, "apply", "-f", "-");
    }

    private JsonNode object(String kind, String name) {
        return JsonMapper.shared().readTree(kubectl.ok("get", kind, name, "-o", "json"));
    }

    /// A table without its last column, the age.
    private static List<List<String>> ageless(Kubectl.Said said) {
        return said.ok().table().stream().map(l -> l.subList(0, l.size() - 1)).toList();
    }

    private static void awaitLine(BufferedReader lines, String regex) throws Exception {
        for (var line = lines.readLine(); ; line = lines.readLine()) {
            assertThat(line).as("the watch ended before " + regex).isNotNull();
            if (line.matches(regex)) {
                return;
            }
        }
    }
}
