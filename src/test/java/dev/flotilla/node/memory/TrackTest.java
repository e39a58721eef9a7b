package dev.flotilla.node.memory;

import static dev.flotilla.node.Pods.NOW;
import static dev.flotilla.node.Pods.exited;
import static dev.flotilla.node.Pods.running;
import static dev.flotilla.node.Pods.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.node.ContainerRuntime.Death;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.PodLabels;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;

import org.junit.jupiter.api.Test;

import java.util.Map;

class TrackTest {
    @Test
    void addsWhatTheEngineCounts() {
        var track = Track.NEW.seen(state("web", 0, running(0)));
        assertThat(track.restarts()).isZero();
        track = track.seen(state("web", 1, running(5)));
        track = track.seen(state("web", 3, running(9)));
        assertThat(track.restarts()).isEqualTo(3);
    }

    @Test
    void neverFallsWhenAStartByHandLetsTheEngineCountAnew() {
        var track = Track.NEW.seen(state("web", 3, exited(137)));
        track = track.startedAgain(NOW).seen(state("web", 0, running(10)));
        assertThat(track.restarts()).isEqualTo(4);
        track = track.seen(state("web", 1, running(12)));
        assertThat(track.restarts()).isEqualTo(5);
    }

    @Test
    void seesAStartBySomebodyElse() {
        var track = Track.NEW.seen(state("web", 3, running(0))).seen(state("web", 1, running(9)));
        assertThat(track.restarts()).isEqualTo(4);
    }

    @Test
    void aContainerMadeAnewGoesOnFromTheLabel() {
        var track = Track.NEW.seen(state("web", 2, running(0)));
        assertThat(track.restartsOfNext()).isEqualTo(3);
        var next =
                new ContainerState(
                        "other",
                        "k8s_web",
                        "nginx",
                        "",
                        Map.of(PodLabels.CONTAINER, "web", PodLabels.RESTARTS, "3"),
                        "",
                        1,
                        running(20));
        assertThat(track.seen(next).restarts()).isEqualTo(4);
    }

    @Test
    void beginsFromTheApiAfterARestartOfTheMaster() {
        var status =
                new ContainerStatusBuilder()
                        .withName("web")
                        .withRestartCount(5)
                        .withContainerID("docker://id-web")
                        .withNewLastState()
                        .withNewTerminated()
                        .withExitCode(3)
                        .withReason("Error")
                        .withContainerID("docker://id-web")
                        .withFinishedAt("2026-01-01T00:00:07Z")
                        .endTerminated()
                        .endLastState()
                        .build();
        var track = Track.from(status).seen(state("web", 5, running(8)));
        assertThat(track.restarts()).isEqualTo(5);
        assertThat(track.containerId()).isEqualTo("id-web");
        var ending = new Ending("id-web", 3, false, null, NOW.plusSeconds(7), "");
        assertThat(track.lastEnding()).isEqualTo(ending);
        assertThat(track.seen(state("web", 6, running(9))).restarts()).isEqualTo(6);
    }

    @Test
    void remembersHowARunEndedThoughTheEngineForgot() {
        var track = Track.NEW.seen(state("web", 0, running(0)));
        track = track.died(new Death("id-web", 9, NOW.plusSeconds(4)));
        track = track.seen(state("web", 1, running(5)));
        assertThat(track.endings())
                .containsExactly(new Ending("id-web", 9, false, NOW, NOW.plusSeconds(4)));
    }

    @Test
    void theEventAndTheEngineTellOfOneEnding() {
        var track = Track.NEW.seen(state("web", 0, running(0)));
        track = track.died(new Death("id-web", 9, NOW.plusMillis(4_030)));
        track = track.seen(state("web", 1, new Phase.Restarting(9, NOW.plusMillis(4_000))));
        assertThat(track.endings()).hasSize(1);
    }

    @Test
    void tellsTheSameEndingOfTheApiAndOfTheEngineOnce() {
        var status =
                new ContainerStatusBuilder()
                        .withName("web")
                        .withContainerID("docker://id-web")
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(1)
                        .withMessage("bye")
                        .withContainerID("docker://id-web")
                        .withFinishedAt("2026-01-01T00:00:01Z")
                        .endTerminated()
                        .endState()
                        .build();
        var end = NOW.plusMillis(1_345);
        var seen = state("web", new Phase.Exited(1, false, NOW, end));
        assertThat(Track.from(status).seen(seen).endings())
                .containsExactly(new Ending("id-web", 1, false, NOW, end, "bye"));
    }

    @Test
    void remembersThatMemoryWasShortThoughTheEngineForgot() {
        var track = Track.NEW.seen(state("web", 0, running(0)));
        track = track.died(new Death("id-web", 137, true, NOW.plusSeconds(4)));
        track = track.seen(state("web", 0, new Phase.Restarting(137, NOW.plusSeconds(4))));
        assertThat(track.lastEnding()).extracting(Ending::reason).isEqualTo("OOMKilled");
    }

    @Test
    void troublePassesWhenItRuns() {
        var track = Track.NEW.failed(Trouble.RUN, "no", NOW).failed(Trouble.RUN, "no", NOW);
        assertThat(track.trouble()).isEqualTo(new Trouble(Trouble.RUN, "no", 2, NOW));
        assertThat(track.seen(state("web", running(1))).trouble()).isNull();
    }
}
