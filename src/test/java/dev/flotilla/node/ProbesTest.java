package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/// What probes do to a pod, on a simulated engine.
class ProbesTest {
    private final World world = new World(1);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aPodIsReadyOnceItAnswersAndNotAnyLonger() {
        pod(
                "readinessProbe: {httpGet: {port: 80}, initialDelaySeconds: 5, periodSeconds: 2,"
                        + " failureThreshold: 2}");
        run(4);
        assertThat(world.web("p").getState().getRunning()).isNotNull();
        assertThat(world.web("p").getReady()).isFalse();
        assertThat(world.web("p").getStarted()).isTrue();
        run(7);
        assertThat(world.web("p").getReady()).isTrue();
        assertThat(world.ready(world.get("p"))).isEqualTo("True");

        world.engine.well(container(), false);
        run(5);
        assertThat(world.web("p").getReady()).isFalse();
        assertThat(world.web("p").getRestartCount()).isZero();
        assertThat(world.events("p"))
                .contains("Unhealthy: Readiness probe failed: simulated to fail");

        world.engine.well(container(), true);
        run(3);
        assertThat(world.web("p").getReady()).isTrue();
    }

    @Test
    void whatDoesNotLiveIsBegunAnew() {
        pod("livenessProbe: {tcpSocket: {port: 80}, periodSeconds: 1, failureThreshold: 3}");
        run(5);
        var container = container();
        world.engine.well(container, false);
        run(2);
        assertThat(world.web("p").getRestartCount()).isZero();
        run(3);
        assertThat(world.web("p").getRestartCount()).isPositive();
        world.engine.well(container, true);
        run(10);
        assertThat(world.web("p").getReady()).isTrue();
        assertThat(world.events("p"))
                .contains("Killing: Container web failed liveness probe, will be restarted");
    }

    @Test
    void nothingElseIsAskedUntilItHasStarted() {
        pod(
                """
                startupProbe: {exec: {command: [check]}, initialDelaySeconds: 5, periodSeconds: 1, failureThreshold: 30}
                    livenessProbe: {exec: {command: [check]}, periodSeconds: 1, failureThreshold: 1}
                """);
        run(3);
        world.engine.well(container(), false);
        run(12);
        assertThat(world.web("p").getStarted()).isFalse();
        assertThat(world.web("p").getReady()).isFalse();
        assertThat(world.web("p").getRestartCount()).isZero();
        world.engine.well(container(), true);
        run(2);
        assertThat(world.web("p").getStarted()).isTrue();
        assertThat(world.web("p").getReady()).isTrue();
    }

    @Test
    void theNextMasterDoesNotTakeAReadyPodOutOfWork() {
        pod("readinessProbe: {httpGet: {port: 80}, periodSeconds: 60}");
        run(5);
        assertThat(world.web("p").getReady()).isTrue();
        var before = world.get("p").getMetadata().getResourceVersion();
        world.restartMaster();
        run(5);
        assertThat(world.get("p").getMetadata().getResourceVersion()).isEqualTo(before);
    }

    private void pod(String probes) {
        world.create(
                """
                containers:
                  - name: web
                    image: nginx:1.27
                    command: [sh, -c, "while true; do sleep 1; done"]
                    %s
                """
                        .formatted(probes));
    }

    private String container() {
        return world.container(world.get("p"), "web");
    }

    private void run(int seconds) {
        world.run(Duration.ofSeconds(seconds));
    }
}
