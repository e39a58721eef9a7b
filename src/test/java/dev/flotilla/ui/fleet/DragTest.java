package dev.flotilla.ui.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.Fleets;
import dev.flotilla.ui.fleet.Drag.Cargo;
import dev.flotilla.ui.fleet.Drag.Refusal;
import dev.flotilla.ui.fleet.Drag.Target;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.Placement;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.state.PodState.Look;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.OptionalInt;

class DragTest {
    private static final FleetState FLEET = Fleets.trouble();
    private static final PodState POD =
            FLEET.pod(new ObjectKey("shop", "web-7c9f-a1")).orElseThrow();

    @Test
    void aNodeThatDoesNotAnswerRefuses() {
        assertThat(Drag.of(new Cargo.OfPod(POD)).refusal(node("pico-3")))
                .contains(new Refusal.NotReady());
    }

    @Test
    void theSchedulersWordsAreShown() {
        var answer = new Placement(Map.of("pico-4", "taint gpu"), OptionalInt.empty());
        var drag = Drag.of(new Cargo.OfApp(POD.app())).with(answer);
        assertThat(drag.refusal(node("pico-4"))).contains(new Refusal.Said("taint gpu"));
        assertThat(drag.refusal(node("pico-2"))).isEmpty();
    }

    @Test
    void aPodThatNothingOwnsCanNotMoveButCanGo() {
        var bare = Fleets.pod("lone", "lone", "pico-1", Look.READY, 0);
        var alone =
                new PodState(
                        bare.uid(),
                        bare.key(),
                        bare.key(),
                        "Pod",
                        bare.shortId(),
                        bare.node(),
                        bare.look(),
                        bare.status(),
                        bare.message(),
                        0,
                        bare.requests(),
                        bare.limits(),
                        bare.image(),
                        bare.ip(),
                        bare.created(),
                        null,
                        null,
                        null);
        var drag = Drag.of(new Cargo.OfPod(alone));
        assertThat(drag.refusal(node("pico-2"))).contains(new Refusal.NothingReplacesIt());
        assertThat(drag.over(new Target.OnBin()).drop(FLEET)).isPresent();
    }

    @Test
    void nothingHappensNowhere() {
        assertThat(Drag.of(new Cargo.OfPod(POD)).drop(FLEET)).isEmpty();
        assertThat(Drag.of(new Cargo.OfPod(POD)).over(new Target.Anywhere()).drop(FLEET)).isEmpty();
        assertThat(Drag.of(new Cargo.OfApp(POD.app())).over(new Target.OnBin()).drop(FLEET))
                .isEmpty();
    }

    private static NodeState node(String name) {
        return FLEET.node(name).orElseThrow();
    }
}
