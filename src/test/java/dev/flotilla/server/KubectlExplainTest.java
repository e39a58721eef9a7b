package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.MostlyWaits;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/// kubectl explains the kinds of this server, and learns of their schemas cheaply.
@MostlyWaits
class KubectlExplainTest {
    @TempDir static Path temp;
    private static TestServer server;
    private static Kubectl kubectl;
    private static Https https;

    @BeforeAll
    static void start() {
        Kubectl.require();
        server = new TestServer(temp);
        kubectl = new Kubectl(server.kubeconfig, temp);
        https = server.https();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            https.close();
            server.close();
        }
    }

    @Test
    void explainsAField() {
        assertThat(kubectl.ok("explain", "deployment.spec.strategy"))
                .contains("GROUP:      apps", "KIND:       Deployment", "VERSION:    v1")
                .contains("FIELD: strategy <DeploymentStrategy>")
                .contains("rollingUpdate\t<RollingUpdateDeployment>", "type\t<string>")
                .contains("Can be \"Recreate\" or \"RollingUpdate\"");
        assertThat(kubectl.ok("explain", "pods.spec.containers.name"))
                .contains("FIELD: name <string>");
    }

    @Test
    void explainsAllFields() {
        assertThat(kubectl.ok("explain", "cronjob", "--recursive"))
                .contains("jobTemplate\t<JobTemplateSpec> -required-");
    }

    @Test
    void explainsByTheOlderDocument() {
        assertThat(
                        kubectl.ok(
                                "explain",
                                "deployment.spec.replicas",
                                "--output",
                                "plaintext-openapiv2"))
                .contains("KIND:     Deployment", "FIELD:    replicas <integer>");
    }

    @Test
    void aDocumentIsNotSentTwice() {
        var index = https.get("/openapi/v3");
        assertThat(https.get("/openapi/v3", "If-None-Match", index.header("ETag")).code())
                .isEqualTo(304);
        var address =
                index.json()
                        .path("paths")
                        .path("apis/apps/v1")
                        .path("serverRelativeURL")
                        .asString();
        var document = https.get(address);
        assertThat(document.header("Cache-Control")).isEqualTo("public, immutable");
        assertThat(document.header("Expires")).endsWith("GMT");
        assertThat(https.get(address, "If-None-Match", document.header("ETag")).code())
                .isEqualTo(304);
        var old = https.get("/openapi/v3/apis/apps/v1?hash=0");
        assertThat(old.code()).isEqualTo(301);
        assertThat(old.header("Location")).isEqualTo(address);
    }

    @Test
    void theOlderDocumentHasEveryKind() {
        var definitions = https.get("/openapi/v2").json().path("definitions");
        for (var name : List.of("apps.v1.Deployment", "core.v1.Pod", "batch.v1.Job")) {
            assertThat(definitions.path("io.k8s.api." + name).path("type").asString())
                    .as(name)
                    .isEqualTo("object");
        }
        assertThat(https.get("/openapi/v2", "Accept", "image/png").code()).isEqualTo(406);
    }
}
