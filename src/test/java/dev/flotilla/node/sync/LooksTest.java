package dev.flotilla.node.sync;

import static dev.flotilla.node.Pods.NOW;
import static dev.flotilla.node.Pods.running;
import static dev.flotilla.node.Pods.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Outcome;
import dev.flotilla.node.memory.Facts;
import dev.flotilla.node.plan.Wanted;
import dev.flotilla.node.sync.Looks.Look;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class LooksTest {
    private final Looks looks = new Looks();
    private final Look look = look("7");

    @Test
    void whatWasSettledIsKnownUntilSomethingIsNew() {
        assertThat(looks.known("uid", look, NOW)).isEmpty();
        looks.settled("uid", look("6").at("7"), Optional.empty());
        assertThat(looks.known("uid", look, NOW)).contains(Outcome.SETTLED);
        assertThat(looks.known("uid", look("8"), NOW)).isEmpty();
        assertThat(looks.known("other", look, NOW)).isEmpty();
        var stopped = new Look("7", List.of(), Facts.NONE, Wanted.NOTHING);
        assertThat(looks.known("uid", stopped, NOW)).isEmpty();
        looks.forget("uid");
        assertThat(looks.known("uid", look, NOW)).isEmpty();
    }

    @Test
    void timeAloneMayBeNews() {
        looks.settled("uid", look, Optional.of(NOW.plusSeconds(5)));
        assertThat(looks.known("uid", look, NOW.plusSeconds(2)))
                .contains(Outcome.again(Duration.ofSeconds(3)));
        assertThat(looks.known("uid", look, NOW.plusSeconds(5))).isEmpty();
    }

    private static Look look(String revision) {
        return new Look(revision, List.of(state("web", running(0))), Facts.NONE, Wanted.NOTHING);
    }
}
