package dev.flotilla.node.memory;

import static dev.flotilla.node.Pods.NOW;
import static dev.flotilla.node.Pods.running;
import static dev.flotilla.node.Pods.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.node.ContainerState.Phase;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;

/// Kubernetes' back-off, as its documentation tells of it.
class PauseTest {
    @Test
    void doublesFrom10SecondsTo5Minutes() {
        var at = NOW;
        var track = Track.NEW.seen(state("web", running(0)));
        var waits = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            var end = at.plusSeconds(1);
            track = track.seen(state("web", new Phase.Exited(1, false, at, end)));
            var start = track.startsAt(true);
            at = start == null ? end : start;
            waits.add(Duration.between(end, at).toSeconds() + "s");
            track = track.startedAgain(at).seen(state("web", new Phase.Running(at)));
        }
        assertThat(waits).containsExactly("0s", "10s", "20s", "40s", "80s", "160s", "300s", "300s");
    }

    @Test
    void isForgottenAfterTenGoodMinutes() {
        var pause = Pause.first(NOW).next(NOW.plusSeconds(1), NOW.plusSeconds(11));
        assertThat(pause.length()).isEqualTo(Duration.ofSeconds(20));
        var soon = NOW.plusSeconds(11).plus(Duration.ofMinutes(10));
        assertThat(pause.over(soon)).isEqualTo(soon.plusSeconds(20));
        var late = soon.plusMillis(1);
        assertThat(pause.over(late)).isEqualTo(late);
        assertThat(pause.next(late, late)).isEqualTo(Pause.first(late));
    }

    @Test
    void isWrittenAsGoDoes() {
        assertThat(new Pause(Duration.ofSeconds(10), NOW).words()).isEqualTo("10s");
        assertThat(new Pause(Duration.ofSeconds(80), NOW).words()).isEqualTo("1m20s");
        assertThat(new Pause(Duration.ofMinutes(5), NOW).words()).isEqualTo("5m0s");
    }

    @Test
    void holdsOffNobodyWhomSomebodyElseStopped() {
        var track = Track.NEW.seen(state("web", running(0))).startedAgain(NOW);
        track = track.seen(state("web", new Phase.Exited(137, false, NOW, NOW.plusSeconds(1))));
        assertThat(track.startsAt(false)).isNull();
        assertThat(track.condemned().startsAt(false)).isEqualTo(NOW.plusSeconds(11));
    }
}
