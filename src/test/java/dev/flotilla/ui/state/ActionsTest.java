package dev.flotilla.ui.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.Fleets;
import dev.flotilla.ui.state.Actions.Notice;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

class ActionsTest {
    private static final ObjectKey WEB = new ObjectKey("shop", "web");

    private final Deque<Runnable> work = new ArrayDeque<>();
    private final List<Intent> done = new ArrayList<>();
    private final FleetModel model = new FleetModel();
    private Optional<Intent> inverse = Optional.empty();
    private Instant now = Fleets.NOW;
    private boolean broken;
    private final Actions actions =
            new Actions(new Noting(), model, work::add, Runnable::run, () -> now);

    @Test
    void isPendingFromTheFirstMomentUntilTheClusterHasIt() {
        model.accept(Fleets.picture());
        actions.perform(new Intent.Cordon("pico-1", true));
        assertThat(actions.pending()).hasSize(1);
        assertThat(done).isEmpty();
        work.remove().run();
        assertThat(actions.pending()).singleElement().matches(Pending::answered);
        model.accept(cordoned());
        assertThat(actions.pending()).isEmpty();
    }

    @Test
    void isNotPendingForeverIfTheClusterThinksBetter() {
        model.accept(Fleets.picture());
        actions.perform(new Intent.Scale(WEB, 9));
        work.remove().run();
        now = now.plusSeconds(11);
        model.accept(Fleets.trouble());
        assertThat(actions.pending().size()).isZero();
    }

    @Test
    void undoDoesTheInverseOnceAndOffersNoUndoOfIt() {
        inverse = Optional.of(new Intent.Scale(WEB, 6));
        actions.perform(new Intent.Scale(WEB, 9));
        work.remove().run();
        actions.undo();
        work.remove().run();
        assertThat(done).containsExactly(new Intent.Scale(WEB, 9), new Intent.Scale(WEB, 6));
        assertThat(actions.canUndo()).isFalse();
    }

    @Test
    void aFailureIsToldAndNothingStaysPending() {
        broken = true;
        var answer = actions.perform(new Intent.Scale(WEB, 9));
        work.remove().run();
        assertThat(actions.pending()).isEmpty();
        assertThat(actions.noticeProperty().get())
                .isEqualTo(new Notice.Failed(new Intent.Scale(WEB, 9), "403: no"));
        assertThatThrownBy(() -> answer.toCompletableFuture().join())
                .hasCauseInstanceOf(ActionFailure.class);
    }

    private static FleetState cordoned() {
        var fleet = Fleets.picture();
        var nodes =
                fleet.nodes().stream()
                        .map(
                                n ->
                                        new NodeState(
                                                n.name(),
                                                n.address(),
                                                n.ready(),
                                                n.message(),
                                                true,
                                                n.allocatable(),
                                                n.requested(),
                                                n.taints(),
                                                n.runtime(),
                                                n.created(),
                                                n.use()))
                        .toList();
        return Fleets.state(nodes, fleet.pods());
    }

    private final class Noting implements Hands {
        @Override
        public java.util.List<ManifestLine> preview(String yaml) {
            return java.util.List.of();
        }

        @Override
        public Optional<Intent> act(Intent intent) {
            if (broken) {
                throw new ActionFailure("403: no", null);
            }
            done.add(intent);
            return inverse;
        }

        @Override
        public Placement place(Placement.Question question) {
            return Placement.UNKNOWN;
        }
    }
}
