package dev.flotilla.ui.fleet.drag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.Fleets;
import dev.flotilla.ui.fleet.FleetView;
import dev.flotilla.ui.fleet.drag.Drag.Cargo;
import dev.flotilla.ui.fleet.drag.Drag.Refusal;
import dev.flotilla.ui.fleet.drag.Drag.Target;
import dev.flotilla.ui.fleet.drag.DropWords.Mark;
import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.Placement;
import dev.flotilla.ui.state.Placement.Offer;
import dev.flotilla.ui.state.Placement.Score;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.state.PodState.Look;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;
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
        var answer = new Placement(Map.of("pico-4", "taint gpu"), Map.of(), OptionalInt.empty());
        var drag = Drag.of(new Cargo.OfApp(POD.app())).with(answer);
        assertThat(drag.refusal(node("pico-4"))).contains(new Refusal.Said("taint gpu"));
        assertThat(drag.refusal(node("pico-2"))).isEmpty();
    }

    @Test
    void saysOfTheNodeBelowWhyNotOrHowWell() {
        var scores = List.of(new Score("AppSpread", 50, 2), new Score("MeasuredLoad", 90, 1));
        var answer =
                new Placement(
                        Map.of("pico-4", "needs 2 CPU, 1.2 free; taint gpu"),
                        Map.of("pico-2", new Offer(1, 190, scores)),
                        OptionalInt.of(3));
        var drag = Drag.of(new Cargo.OfPod(POD)).with(answer);
        var texts = Texts.near(FleetView.class, Locale.ENGLISH);
        var words = new DropWords(texts, new Refusals(texts));
        assertThat(words.of(drag.over(new Target.OnNode("pico-4")), FLEET))
                .contains("pico-4 can't take it:\nneeds 2 CPU, 1.2 free\ntaint gpu");
        assertThat(words.of(drag.over(new Target.OnNode("pico-2")), FLEET))
                .contains(
                        """
                        pico-2: the only one · 190 points
                        few pods of the app: 50 × 2
                        little load measured: 90\
                        """);
        assertThat(words.of(drag.over(new Target.OnNode("pico-1")), FLEET)).isEmpty();
        assertThat(words.of(drag.over(new Target.Anywhere()), FLEET)).isEmpty();
        assertThat(words.mark(drag, node("pico-2")))
                .contains(new Mark.Offered("the only one · 190 points", "#1", true));
        assertThat(words.mark(drag, node("pico-4")))
                .contains(new Mark.Refused("needs 2 CPU, 1.2 free; taint gpu"));
        assertThat(words.mark(drag, node("pico-1"))).isEmpty();
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
