package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/// What a writer hears beside the answer, and who gets no answer he could read.
class AdviceTest {
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final String CONTAINER =
            "{\"name\":\"c\",\"image\":\"n\",\"env\":[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"A\",\"value\":\"2\"},"
                + "{\"name\":\"A\",\"value\":\"$(A):3\"}],"
                + "\"resources\":{\"limits\":{\"memory\":\"100m\"}}}";

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
    void aPodIsMadeWithAdvice() {
        var made =
                https.post(
                        "/api/v1/namespaces/default/pods",
                        "{\"metadata\":{\"name\":\"a.b\"},\"spec\":{\"nodeSelector\":{\"beta.kubernetes.io/os\":\"linux\"},\"containers\":["
                                + CONTAINER
                                + "]}}");
        assertThat(made.code()).isEqualTo(201);
        assertThat(warnings(made))
                .anyMatch(
                        w ->
                                w.startsWith(
                                        "299 - \"metadata.name: this is used in the Pod's"
                                                + " hostname"))
                .contains(
                        "299 - \"spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14;"
                                + " use \\\"kubernetes.io/os\\\" instead\"",
                        "299 - \"spec.containers[0].env[1]: hides previous definition of \\\"A\\\","
                                + " which may be dropped when using apply\"",
                        "299 - \"spec.containers[0].resources.limits[memory]: fractional byte value"
                                + " \\\"100m\\\" is invalid, must be an integer\"")
                .noneMatch(w -> w.contains("env[2]"));
    }

    @Test
    void aTemplateIsAdvisedOnWhenItChanges() {
        var jobs = "/apis/batch/v1/namespaces/default/cronjobs";
        var made =
                https.post(
                        jobs,
                        "{\"metadata\":{\"name\":\"c\"},\"spec\":{\"schedule\":\"0 0 * *"
                                + " *\",\"jobTemplate\":{\"spec\":{\"template\":"
                                + "{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":["
                                + CONTAINER
                                + "]}}}}}}");
        var hidden =
                "299 - \"spec.jobTemplate.spec.template.spec.containers[0].env[1]: hides previous"
                        + " definition of \\\"A\\\", which may be dropped when using apply\"";
        assertThat(warnings(made)).contains(hidden);
        var labelled =
                https.patch(
                        jobs + "/c",
                        "merge-patch+json",
                        "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        assertThat(warnings(labelled)).isEmpty();
        var changed = https.patch(jobs + "/c", "merge-patch+json", "{\"spec\":{\"suspend\":true}}");
        assertThat(warnings(changed)).contains(hidden);
    }

    @Test
    void whatIsNoTableIsNotShownAsOne() {
        var body = "{\"spec\":{\"nonResourceAttributes\":{\"path\":\"/\",\"verb\":\"get\"}}}";
        var path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        var refused = https.post(path, body, "Accept", TABLE);
        assertThat(refused.code()).isEqualTo(406);
        assertThat(refused.json().path("reason").asString()).isEqualTo("NotAcceptable");
        assertThat(https.post(path, body, "Accept", TABLE + ",application/json").code())
                .isEqualTo(201);
    }

    private static List<String> warnings(Https.Reply reply) {
        return reply.response().headers().allValues("Warning");
    }
}
