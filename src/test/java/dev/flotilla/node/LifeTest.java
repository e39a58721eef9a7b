package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/// How pods begin, how long they last and what they leave, on a simulated engine.
class LifeTest {
    private final World world = new World(1);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void countsAsStartedAfterItsHook() {
        world.create(
                """
                containers:
                - name: web
                  image: nginx:1.27
                  lifecycle: {postStart: {exec: {command: [sh, -c, "hello"]}}}
                """);
        run(5);
        assertThat(world.web("p").getState().getRunning()).isNotNull();
        assertThat(world.web("p").getReady()).isTrue();
        world.engine.crash(world.container(world.get("p"), "web"));
        run(1);
        assertThat(world.web("p").getState().getRunning()).isNotNull();
        assertThat(world.web("p").getRestartCount()).isEqualTo(1);
        world.engine.crash(world.container(world.get("p"), "web"));
        run(9);
        var waiting = world.web("p").getState().getWaiting();
        assertThat(waiting.getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(waiting.getMessage())
                .startsWith("back-off 10s restarting failed container=web pod=p_default(");
        run(2);
        assertThat(world.web("p").getRestartCount()).isEqualTo(2);
        assertThat(world.web("p").getState().getRunning()).isNotNull();
    }

    @Test
    void isKilledAndBegunAgainWhenItsHookFails() {
        world.create(
                """
                containers:
                - name: web
                  image: nginx:1.27
                  lifecycle: {postStart: {exec: {command: [sh, -c, "exit 1"]}}}
                """);
        run(20);
        assertThat(world.events("p"))
                .contains(
                        "FailedPostStartHook: PostStartHook failed",
                        "Killing: FailedPostStartHook");
        var web = world.web("p");
        assertThat(web.getReady()).isFalse();
        assertThat(web.getStarted()).isFalse();
        assertThat(web.getRestartCount()).isEqualTo(2);
        assertThat(web.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(web.getLastState().getTerminated()).isNotNull();
    }

    @Test
    void saysThatItsEndWasNotPrepared() {
        world.create(
                """
                containers:
                - name: web
                  image: nginx:1.27
                  lifecycle: {preStop: {exec: {command: [sh, -c, "exit 1"]}}}
                """);
        run(4);
        world.cluster.delete(world.get("p"), new Deletion(false, 9L));
        run(2);
        assertThat(world.pods()).isEmpty();
        assertThat(world.events("p"))
                .contains(
                        "Killing: Stopping container web", "FailedPreStopHook: PreStopHook failed");
    }

    @Test
    void endsWithItsTime() {
        world.create(
                """
                activeDeadlineSeconds: 20
                containers: [{name: web, image: "nginx:1.27"}]
                """);
        run(19);
        assertThat(world.get("p").getStatus().getPhase()).isEqualTo("Running");
        run(2);
        var status = world.get("p").getStatus();
        assertThat(status.getPhase()).isEqualTo("Failed");
        assertThat(status.getReason()).isEqualTo("DeadlineExceeded");
        assertThat(status.getMessage())
                .isEqualTo("Pod was active on the node longer than the specified deadline");
        assertThat(status.getContainerStatuses().getFirst().getState().getTerminated()).isNotNull();
        assertThat(condition("Ready").getReason()).isEqualTo("PodFailed");
        assertThat(world.events("p"))
                .contains(
                        "DeadlineExceeded: Pod was active on the node longer than the specified"
                                + " deadline");
    }

    @Test
    void leavesWordsWithItsEnd() {
        world.create(
                """
                restartPolicy: Never
                containers:
                - name: web
                  image: busybox:1
                  command: [sh, -c, "echo all is lost > /dev/termination-log; exit 3"]
                """);
        run(5);
        var ended = world.web("p").getState().getTerminated();
        assertThat(ended.getMessage()).isEqualTo("all is lost");
        assertThat(ended.getExitCode()).isEqualTo(3);
        assertThat(condition("PodReadyToStartContainers").getStatus()).isEqualTo("False");
    }

    @Test
    void isReadyWhenOthersSaySo() {
        world.create(
                """
                readinessGates: [{conditionType: example.com/checked}]
                containers: [{name: web, image: "nginx:1.27"}]
                """);
        run(4);
        assertThat(condition("ContainersReady").getStatus()).isEqualTo("True");
        assertThat(condition("PodReadyToStartContainers").getStatus()).isEqualTo("True");
        assertThat(condition("Ready").getReason()).isEqualTo("ReadinessGatesNotReady");
        var before = world.get("p");
        var checked =
                new PodBuilder(before)
                        .editStatus()
                        .addNewCondition()
                        .withType("example.com/checked")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build();
        world.cluster.updateStatus(before, checked);
        run(1);
        assertThat(condition("Ready").getStatus()).isEqualTo("True");
    }

    @Test
    void isVisitedOnce() {
        world.create("containers: [{name: web, image: \"nginx:1.27\"}]");
        run(4);
        world.visit("p", "look", "web");
        run(4);
        var status = world.get("p").getStatus();
        var visitor = status.getEphemeralContainerStatuses().getFirst();
        assertThat(visitor.getState().getRunning()).isNotNull();
        assertThat(visitor.getReady()).isFalse();
        assertThat(condition("Ready").getStatus()).isEqualTo("True");
        world.engine.crash(world.container(world.get("p"), "look"));
        run(4);
        visitor = world.get("p").getStatus().getEphemeralContainerStatuses().getFirst();
        assertThat(visitor.getState().getTerminated().getExitCode()).isEqualTo(1);
        assertThat(visitor.getRestartCount()).isZero();
        assertThat(world.get("p").getStatus().getPhase()).isEqualTo("Running");
    }

    @Test
    void holdsATokenThatIsRenewedInTime() {
        world.giveTokens();
        var pod = world.create("containers: [{name: web, image: \"nginx:1.27\"}]");
        run(4);
        assertThat(world.get("p").getStatus().getPhase()).isEqualTo("Running");
        assertThat(world.signed).as("a simulated engine reads no files").isZero();
        assertThat(world.file(pod, "token")).isEqualTo("token-1");
        assertThat(world.file(pod, "ca.crt")).isEqualTo("trust me");
        assertThat(world.file(pod, "namespace")).isEqualTo("default");
        run(2870);
        assertThat(world.file(pod, "token")).isEqualTo("token-1");
        run(30);
        assertThat(world.file(pod, "token")).isEqualTo("token-2");
        assertThat(world.web("p").getRestartCount()).isZero();
    }

    @Test
    void holdsNoneThatItDoesNotWant() {
        world.giveTokens();
        var pod =
                world.create(
                        """
                        automountServiceAccountToken: false
                        containers: [{name: web, image: "nginx:1.27"}]
                        """);
        run(4);
        assertThat(pod.getSpec().getVolumes()).isEmpty();
        assertThat(world.engine.filesOf(world.folder(pod)).orElseThrow().trees()).isEmpty();
    }

    private PodCondition condition(String type) {
        return world.condition(world.get("p"), type);
    }

    private void run(int seconds) {
        world.run(Duration.ofSeconds(seconds));
    }
}
