package dev.flotilla.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Kubectl;
import dev.flotilla.lab.Master;
import dev.flotilla.lab.MostlyWaits;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The real kubectl on a master with three simulated nodes: what needs pods that run.
@MostlyWaits
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class KubectlClusterTest {
    private static final String WAIT = "--timeout=60s";

    @TempDir static Path folder;

    private Master master;
    private Kubectl kubectl;

    @BeforeAll
    void master() throws IOException {
        Kubectl.assumeInstalled(31);
        master = Master.start(folder, "--simulate", "3");
        kubectl = new Kubectl(master.kubeconfig());
        for (var node : List.of("node/sim-1", "node/sim-2", "node/sim-3")) {
            kubectl.run("wait", "--for=create", node, WAIT);
        }
        kubectl.run("wait", "--for=condition=Ready", "node", "--all", WAIT);
    }

    @AfterAll
    void end() {
        if (master != null) {
            master.close();
        }
    }

    @Test
    void runWaitDescribeAndDelete() {
        assertThat(
                        kubectl.run(
                                "run",
                                "one",
                                "--image=busybox",
                                "--labels=a=b",
                                "--",
                                "sleep",
                                "1d"))
                .isEqualTo("pod/one created\n");
        assertThat(kubectl.run("wait", "--for=condition=Ready", "pod/one", WAIT))
                .isEqualTo("pod/one condition met\n");
        assertThat(kubectl.run("get", "pod", "one", "-o", "wide"))
                .contains("NOMINATED NODE", "1/1", "Running", "sim-");
        assertThat(kubectl.run("describe", "pod", "one"))
                .contains("Node:", "Labels:           a=b", "Scheduled", "Started container one");
        assertThat(kubectl.run("events", "--for", "pod/one")).contains("Scheduled", "Started");
        assertThat(kubectl.run("get", "events", "--field-selector", "involvedObject.name=one"))
                .contains("Scheduled");
        assertThat(kubectl.run("delete", "pod", "one", "--grace-period=1"))
                .startsWith("pod \"one\" deleted");
        assertThat(kubectl.run("get", "pods", "-l", "a=b", "-o", "name")).isEmpty();
    }

    @Test
    void rollout() {
        kubectl.run("create", "deployment", "roll", "--image=web:1", "--replicas=3");
        assertThat(kubectl.run("rollout", "status", "deployment/roll", WAIT))
                .endsWith("deployment \"roll\" successfully rolled out\n");
        kubectl.run("set", "image", "deployment/roll", "web=web:2");
        kubectl.run("rollout", "status", "deployment/roll", WAIT);
        assertThat(kubectl.run("rollout", "history", "deployment/roll"))
                .contains("REVISION  CHANGE-CAUSE", "1         <none>", "2         <none>");
        assertThat(kubectl.run("rollout", "history", "deployment/roll", "--revision=2"))
                .contains("with revision #2", "web:2");
        assertThat(kubectl.run("rollout", "undo", "deployment/roll"))
                .isEqualTo("deployment.apps/roll rolled back\n");
        kubectl.run("rollout", "status", "deployment/roll", WAIT);
        assertThat(image("roll")).isEqualTo("web:1");
        assertThat(kubectl.run("rollout", "pause", "deployment/roll"))
                .isEqualTo("deployment.apps/roll paused\n");
        assertThat(kubectl.ask("rollout", "pause", "deployment/roll").err())
                .contains("is already paused");
        assertThat(kubectl.run("rollout", "resume", "deployment/roll"))
                .isEqualTo("deployment.apps/roll resumed\n");
        var before = kubectl.run("get", "pods", "-l", "app=roll", "-o", "name");
        assertThat(kubectl.run("rollout", "restart", "deployment/roll"))
                .isEqualTo("deployment.apps/roll restarted\n");
        kubectl.run("rollout", "status", "deployment/roll", WAIT);
        kubectl.run("wait", "--for=delete", before.lines().findFirst().orElseThrow(), WAIT);
        assertThat(kubectl.run("get", "pods", "-l", "app=roll", "-o", "name").lines())
                .doesNotContainAnyElementsOf(before.lines().toList());
    }

    @Test
    void rolloutOfDaemonSetsAndStatefulSets() throws IOException {
        for (var kind : List.of("DaemonSet", "StatefulSet")) {
            var name = "own-" + kind.toLowerCase(Locale.ROOT);
            var what = kind.toLowerCase(Locale.ROOT) + "/" + name;
            apply(name, manifest(kind, name, "web:1"));
            assertThat(kubectl.run("rollout", "status", what, WAIT))
                    .contains(
                            kind.equals("DaemonSet")
                                    ? "successfully"
                                    : "complete: 2 new pods have been updated");
            apply(name, manifest(kind, name, "web:2"));
            kubectl.run("rollout", "status", what, WAIT);
            assertThat(kubectl.run("rollout", "history", what))
                    .contains("REVISION  CHANGE-CAUSE", "1         <none>", "2         <none>");
            assertThat(kubectl.run("rollout", "history", what, "--revision=1")).contains("web:1");
            assertThat(kubectl.run("rollout", "undo", what, "--to-revision=1"))
                    .isEqualTo("%s.apps/%s rolled back\n".formatted(what.split("/", 2)[0], name));
            kubectl.run("rollout", "status", what, WAIT);
            assertThat(images(name)).containsOnly("web:1");
            assertThat(kubectl.run("rollout", "restart", what)).endsWith(" restarted\n");
            kubectl.run("rollout", "status", what, WAIT);
            assertThat(kubectl.run("get", "controllerrevisions", "-l", "app=" + name, "-o", "name"))
                    .hasLineCount(3);
            kubectl.run("delete", what);
        }
    }

    @Test
    void aRolloutThatFailsGoesBackAndStatusSaysSo() throws IOException {
        kubectl.run("create", "deployment", "back", "--image=web:1", "--replicas=2");
        kubectl.run("annotate", "deployment/back", "flotilla.dev/auto-rollback=true");
        kubectl.run("rollout", "status", "deployment/back", WAIT);
        kubectl.run(
                "patch",
                "deployment/back",
                "-p",
                "{\"spec\":{\"progressDeadlineSeconds\":2,\"template\":{\"spec\":"
                        + "{\"nodeSelector\":{\"no\":\"where\"}}}}}");
        kubectl.run(
                "wait",
                "--for=jsonpath={.metadata.annotations.flotilla\\.dev/rolled-back-because}",
                "deployment/back",
                WAIT);
        kubectl.run("wait", "--for=jsonpath={.status.updatedReplicas}=2", "deployment/back", WAIT);
        var status = kubectl.ask("rollout", "status", "deployment/back", "--timeout=20s");
        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.err()).contains("exceeded its progress deadline");
        assertThat(kubectl.run("describe", "deployment", "back"))
                .contains(
                        "flotilla.dev/rolled-back-because: revision 2: its new pods were not"
                                + " available in time",
                        "DeploymentRollback",
                        "from revision 2 to revision 1");
        kubectl.run("set", "image", "deployment/back", "web=web:2");
        assertThat(kubectl.run("rollout", "status", "deployment/back", WAIT))
                .endsWith("successfully rolled out\n");
        assertThat(kubectl.run("describe", "deployment", "back")).doesNotContain("rolled-back");
    }

    @Test
    void replicationControllersScale() throws IOException {
        apply("old", manifest("ReplicationController", "old", "web:1"));
        kubectl.run("wait", "--for=jsonpath={.status.readyReplicas}=2", "rc/old", WAIT);
        assertThat(kubectl.run("scale", "rc/old", "--replicas=3"))
                .isEqualTo("replicationcontroller/old scaled\n");
        kubectl.run("wait", "--for=jsonpath={.status.availableReplicas}=3", "rc/old", WAIT);
        assertThat(kubectl.run("get", "rc", "old")).contains("DESIRED   CURRENT   READY", "3 ");
        assertThat(kubectl.run("describe", "rc", "old"))
                .contains("3 Running / 0 Waiting", "SuccessfulCreate", "replication-controller");
        kubectl.run("delete", "rc", "old");
        kubectl.run("wait", "--for=delete", "pod", "-l", "app=old", WAIT);
    }

    @Test
    void saysWhatRebalancingWouldMove() throws IOException {
        var file = folder.resolve("review.yaml");
        Files.writeString(
                file,
                """
                apiVersion: flotilla.dev/v1alpha1
                kind: RebalanceReview
                metadata:
                  name: now
                """);
        var answer = kubectl.run("create", "-f", file.toString(), "-o", "json");
        assertThat(JsonMapper.shared().readTree(answer).at("/status/moves").isArray()).isTrue();
    }

    @Test
    void saysWhereTheNextReplicaCouldRunAndWhatIsWrongWithTheQuestion() throws IOException {
        kubectl.run("create", "deployment", "asked", "--image=web:1");
        var file = folder.resolve("placement.yaml");
        var question =
                """
                apiVersion: flotilla.dev/v1alpha1
                kind: PlacementReview
                metadata:
                  name: now
                spec:
                  namespace: default
                  deployment: asked
                """;
        Files.writeString(file, question);
        var answer = kubectl.run("create", "-f", file.toString(), "-o", "json");
        assertThat(JsonMapper.shared().readTree(answer).at("/status/nodes")).hasSize(3);
        Files.writeString(file, question + "  deploymnet: asked\n");
        assertThat(kubectl.ask("create", "-f", file.toString()).err()).contains("deploymnet");
    }

    @Test
    void nobodyAddsKinds() {
        assertThat(kubectl.run("get", "crd")).isEmpty();
        assertThat(kubectl.run("api-resources", "--api-group=apiextensions.k8s.io"))
                .contains("customresourcedefinitions", "crd,crds", "CustomResourceDefinition");
        var refused =
                kubectl.ask(
                        "create",
                        "--raw",
                        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                        "-f",
                        "pom.xml");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("can only be read here");
    }

    private void apply(String name, String manifest) throws IOException {
        var file = folder.resolve(name + ".yaml");
        Files.writeString(file, manifest);
        kubectl.run("apply", "-f", file.toString());
    }

    private List<String> images(String app) {
        return kubectl.run(
                        "get",
                        "pods",
                        "-l",
                        "app=" + app,
                        "-o",
                        "jsonpath={range .items[*]}{.spec.containers[0].image}{'\\n'}{end}")
                .lines()
                .toList();
    }

    private static String manifest(String kind, String name, String image) {
        boolean core = kind.equals("ReplicationController");
        return """
        apiVersion: %s
        kind: %s
        metadata:
          name: %s
        spec:
          %s
          selector: {%s}
          template:
            metadata:
              labels: {app: %s}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: main
                image: %s
        """
                .formatted(
                        core ? "v1" : "apps/v1",
                        kind,
                        name,
                        kind.equals("DaemonSet") ? "minReadySeconds: 0" : "replicas: 2",
                        core ? "app: " + name : "matchLabels: {app: " + name + "}",
                        name,
                        image);
    }

    @Test
    void jobsAndCronJobs() {
        kubectl.run("create", "job", "short", "--image=busybox", "--", "sh", "-c", "sleep 1");
        assertThat(kubectl.run("wait", "--for=condition=Complete", "job/short", WAIT))
                .isEqualTo("job.batch/short condition met\n");
        assertThat(kubectl.run("get", "job", "short")).contains("Complete", "1/1");
        assertThat(kubectl.run("describe", "job", "short"))
                .contains("SuccessfulCreate", "Completed", "1 Succeeded");
        kubectl.run(
                "create",
                "cronjob",
                "yearly",
                "--image=busybox",
                "--schedule=@yearly",
                "--",
                "sh",
                "-c",
                "sleep 1");
        assertThat(kubectl.run("create", "job", "by-hand", "--from=cronjob/yearly"))
                .isEqualTo("job.batch/by-hand created\n");
        kubectl.run("wait", "--for=condition=Complete", "job/by-hand", WAIT);
        kubectl.run("delete", "cronjob", "yearly");
        kubectl.run("wait", "--for=delete", "job/by-hand", WAIT);
    }

    @Test
    void scale() {
        kubectl.run("create", "deployment", "wide", "--image=web:1");
        assertThat(kubectl.run("scale", "deployment/wide", "--replicas=4"))
                .isEqualTo("deployment.apps/wide scaled\n");
        kubectl.run("wait", "--for=jsonpath={.status.readyReplicas}=4", "deployment/wide", WAIT);
        var refused =
                kubectl.ask("scale", "deployment/wide", "--current-replicas=9", "--replicas=1");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("Expected replicas to be 9, was 4");
        kubectl.run("delete", "deployment", "wide", "--cascade=orphan");
        assertThat(kubectl.run("get", "rs", "-l", "app=wide", "-o", "name").lines()).hasSize(1);
        kubectl.run("delete", "rs", "-l", "app=wide", "--cascade=foreground");
        assertThat(kubectl.run("get", "pods", "-l", "app=wide", "-o", "name")).isEmpty();
    }

    @Test
    void cordonTaintAndDrain() {
        kubectl.run("create", "deployment", "moves", "--image=web:1", "--replicas=6");
        kubectl.run("rollout", "status", "deployment/moves", WAIT);
        assertThat(kubectl.run("cordon", "sim-1")).isEqualTo("node/sim-1 cordoned\n");
        assertThat(kubectl.run("get", "node", "sim-1")).contains("Ready,SchedulingDisabled");
        assertThat(kubectl.run("drain", "sim-1", "--force", WAIT)).contains("node/sim-1 drained");
        assertThat(
                        kubectl.run(
                                "get",
                                "pods",
                                "--field-selector",
                                "spec.nodeName=sim-1,status.phase=Running",
                                "-o",
                                "name"))
                .isEmpty();
        kubectl.run("rollout", "status", "deployment/moves", WAIT);
        assertThat(kubectl.run("uncordon", "sim-1")).isEqualTo("node/sim-1 uncordoned\n");
        assertThat(kubectl.run("taint", "node", "sim-1", "own=yes:NoSchedule"))
                .isEqualTo("node/sim-1 tainted\n");
        assertThat(kubectl.run("taint", "node", "sim-1", "own:NoSchedule-"))
                .isEqualTo("node/sim-1 untainted\n");
    }

    @Test
    void aBudgetHoldsADrainBack() {
        kubectl.run("create", "deployment", "kept", "--image=web:1", "--replicas=1");
        kubectl.run("rollout", "status", "deployment/kept", WAIT);
        kubectl.run("create", "pdb", "kept", "--selector=app=kept", "--min-available=1");
        kubectl.run("wait", "--for=jsonpath={.status.currentHealthy}=1", "pdb/kept", WAIT);
        var pod =
                kubectl.run(
                        "get",
                        "pods",
                        "-l",
                        "app=kept",
                        "-o",
                        "jsonpath={.items[0].metadata.name}");
        var node = kubectl.get("pod", pod).at("/spec/nodeName").asString();
        var held = kubectl.ask("drain", node, "--pod-selector=app=kept", "--force", "--timeout=2s");
        assertThat(held.exit()).isEqualTo(1);
        assertThat(held.out() + held.err())
                .contains("Cannot evict pod as it would violate the pod's disruption budget.");
        kubectl.run("scale", "deployment/kept", "--replicas=2");
        kubectl.run("wait", "--for=jsonpath={.status.disruptionsAllowed}=1", "pdb/kept", WAIT);
        assertThat(kubectl.run("drain", node, "--pod-selector=app=kept", "--force", WAIT))
                .contains("pod/" + pod + " evicted", "node/" + node + " drained");
        kubectl.run("delete", "pdb", "kept");
        kubectl.run("uncordon", node);
    }

    @Test
    void top() {
        assertThat(kubectl.run("top", "nodes")).contains("CPU(cores)", "sim-1", "sim-3");
    }

    private String image(String deployment) {
        return kubectl.get("deployment", deployment)
                .at("/spec/template/spec/containers/0/image")
                .asString();
    }
}
