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

import java.io.IOException;
import java.nio.file.Path;

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
        Kubectl.assumeInstalled(27);
        master = Master.start(folder, "--simulate", "3");
        kubectl = new Kubectl(master.kubeconfig());
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
        kubectl.run("delete", "pdb", "kept");
        kubectl.run("drain", node, "--pod-selector=app=kept", "--force", WAIT);
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
