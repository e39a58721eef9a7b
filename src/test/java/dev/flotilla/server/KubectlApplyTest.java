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

import java.nio.file.Path;

/// The real kubectl applies on the server's side: what it prints, its exit codes, who owns what.
@MostlyWaits
class KubectlApplyTest {
    private static final String DEPLOYMENT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {tier: front}}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - name: nginx
                    image: nginx:1
                    ports: [{containerPort: 80}]
            """;

    private static final String FIVE =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec: {replicas: 5}
            """;
    private static final String REPORTED =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            status: {readyReplicas: 1, replicas: 1}
            """;

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
    void createsChangesAndLeavesAsItIs() {
        assertThat(apply(DEPLOYMENT).ok().out())
                .isEqualTo("deployment.apps/web serverside-applied\n");
        var first = web();
        assertThat(apply(DEPLOYMENT).ok().out())
                .isEqualTo("deployment.apps/web serverside-applied\n");
        assertThat(web()).isEqualTo(first);
        apply(DEPLOYMENT.replace("nginx:1", "nginx:2").replace(", labels: {tier: front}", "")).ok();
        var second = web();
        assertThat(second.at("/spec/template/spec/containers/0/image").asString())
                .isEqualTo("nginx:2");
        assertThat(second.at("/metadata/labels").isMissingNode()).isTrue();
        assertThat(kubectl.ok("get", "deployment", "web", "-o", "yaml"))
                .doesNotContain("managedFields");
    }

    @Test
    void ownsWhatItApplied() {
        apply(DEPLOYMENT).ok();
        var entries = web().at("/metadata/managedFields");
        assertThat(entries).hasSize(1);
        var entry = entries.get(0);
        assertThat(entry.path("manager").asString()).isEqualTo("kubectl");
        assertThat(entry.path("operation").asString()).isEqualTo("Apply");
        assertThat(entry.path("apiVersion").asString()).isEqualTo("apps/v1");
        assertThat(entry.path("fieldsV1"))
                .isEqualTo(
                        json(
                                """
                                {"f:metadata":{"f:labels":{"f:tier":{}}},
                                 "f:spec":{"f:replicas":{},"f:selector":{},"f:template":{
                                  "f:metadata":{"f:labels":{"f:app":{}}},
                                  "f:spec":{"f:containers":{"k:{\\"name\\":\\"nginx\\"}":{".":{},
                                   "f:image":{},"f:name":{},"f:ports":{
                                    "k:{\\"containerPort\\":80,\\"protocol\\":\\"TCP\\"}":{".":{},
                                     "f:containerPort":{}}}}}}}}}
                                """));
    }

    @Test
    void conflictsAreToldAndForced() {
        apply(DEPLOYMENT).ok();
        var other =
                kubectl.runWithInput(
                        FIVE, "apply", "--server-side", "--field-manager=scaler", "-f", "-");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.err())
                .startsWith(
                        "error: Apply failed with 1 conflict: conflict with \"kubectl\":"
                                + " .spec.replicas\n"
                                + "Please review the fields above--they currently have other"
                                + " managers.");
        kubectl.runWithInput(
                        FIVE,
                        "apply",
                        "--server-side",
                        "--field-manager=scaler",
                        "--force-conflicts",
                        "-f",
                        "-")
                .ok();
        assertThat(web().at("/spec/replicas").asInt()).isEqualTo(5);
        assertThat(apply(DEPLOYMENT).fails().err()).contains("conflict with \"scaler\"");
        apply(DEPLOYMENT.replace("  replicas: 2\n", "")).ok();
        assertThat(web().at("/spec/replicas").asInt()).isEqualTo(5);
    }

    @Test
    void whatAnotherWayOfWritingOwnsConflictsToo() {
        apply(DEPLOYMENT).ok();
        kubectl.ok("scale", "deployment/web", "--replicas=7");
        assertThat(apply(DEPLOYMENT).fails().err())
                .contains(
                        "Apply failed with 1 conflict: conflict with \"kubectl\" with subresource"
                                + " \"scale\" using apps/v1: .spec.replicas");
    }

    @Test
    void clientSideApplyTurnsToServerSideWithoutAConflict() {
        kubectl.runWithInput(DEPLOYMENT, "apply", "-f", "-").ok();
        var first = web().at("/metadata/managedFields/0");
        assertThat(first.path("manager").asString()).isEqualTo("kubectl-client-side-apply");
        assertThat(first.path("operation").asString()).isEqualTo("Update");
        apply(DEPLOYMENT.replace("replicas: 2", "replicas: 3")).ok();
        assertThat(web().at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(kubectl.ok("apply", "view-last-applied", "deployment/web"))
                .contains("replicas: 3");
        var other =
                kubectl.runWithInput(
                        DEPLOYMENT.replace("nginx:1", "nginx:3"),
                        "apply",
                        "--server-side",
                        "--field-manager=other",
                        "-f",
                        "-");
        assertThat(other.fails().err()).contains(".spec.replicas", "[name=\"nginx\"].image");
    }

    @Test
    void aFieldThatTheSchemaDoesNotHaveIsRefused() {
        var said = apply(DEPLOYMENT.replace("replicas:", "replicsa:")).fails();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err())
                .isEqualTo(
                        "Error from server: failed to create typed patch object (default/web;"
                            + " apps/v1, Kind=Deployment): .spec.replicsa: field not declared in"
                            + " schema\n");
    }

    @Test
    void diffShowsWhatApplyWouldChange() {
        apply(DEPLOYMENT).ok();
        assertThat(diff(DEPLOYMENT).exit()).isZero();
        var said = diff(DEPLOYMENT.replace("replicas: 2", "replicas: 4"));
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("-  replicas: 2\n", "+  replicas: 4\n");
        assertThat(web().at("/spec/replicas").asInt()).isEqualTo(2);
    }

    @Test
    void statusHasOwnersOfItsOwn() {
        apply(DEPLOYMENT).ok();
        kubectl.runWithInput(
                        REPORTED,
                        "apply",
                        "--server-side",
                        "--subresource=status",
                        "--field-manager=reporter",
                        "-f",
                        "-")
                .ok();
        var entries = web().at("/metadata/managedFields");
        assertThat(entries.valueStream().map(e -> e.path("subresource").asString("")))
                .containsExactlyInAnyOrder("", "status");
        assertThat(web().at("/status/readyReplicas").asInt()).isEqualTo(1);
        apply(DEPLOYMENT).ok();
        assertThat(web().at("/status/readyReplicas").asInt()).isEqualTo(1);
    }

    private Kubectl.Said apply(String yaml) {
        return kubectl.runWithInput(yaml, "apply", "--server-side", "-f", "-");
    }

    private Kubectl.Said diff(String yaml) {
        return kubectl.runWithInput(yaml, "diff", "--server-side", "-f", "-");
    }

    private JsonNode web() {
        return json(kubectl.ok("get", "deployment", "web", "-o", "json", "--show-managed-fields"));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
