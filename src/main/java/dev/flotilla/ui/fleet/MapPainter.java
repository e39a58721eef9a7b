package dev.flotilla.ui.fleet;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.fleet.Card.Occupant;
import dev.flotilla.ui.fleet.Card.Subject;
import dev.flotilla.ui.fleet.drag.DropWords;
import dev.flotilla.ui.state.Histories;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.state.Selection;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Function;

/// Paints what of the map is in view.
final class MapPainter {
    private final Pen pen;
    private final CardPainter cards;
    private final TilePainter tiles;
    private final MarkPainter marks;

    MapPainter(Pen pen, CardPainter.CardWords cardWords, TileWords tileWords) {
        this.pen = pen;
        this.cards = new CardPainter(pen, cardWords);
        this.tiles = new TilePainter(pen, tileWords);
        this.marks = new MarkPainter(pen);
    }

    /// @param mark what a drop on a card would come to
    void paint(
            MapLayout layout,
            Histories histories,
            Motion motion,
            View view,
            Function<Card, Optional<DropWords.Mark>> mark) {
        tiles.use(view.scale());
        var gc = pen.gc;
        gc.clearRect(0, 0, view.width(), view.height());
        gc.save();
        gc.translate(0, -view.top());
        for (var card : layout.cards()) {
            if (card.box().meets(view.top() - 80, view.top() + view.height() + 80)) {
                cards.paint(card, histories, selected(card, view), targeted(card, view));
            }
        }
        for (var card : layout.cards()) {
            if (card.box().meets(view.top() - 80, view.top() + view.height() + 80)) {
                tiles(card, layout.level(), motion, view);
                mark.apply(card).ifPresent(m -> marks.mark(card, m));
            }
        }
        gc.restore();
    }

    private void tiles(Card card, Level level, Motion motion, View view) {
        double bottom = view.top() + view.height();
        for (var tile : card.tiles()) {
            switch (tile.occupant()) {
                case Occupant.OfGhost(var ghost) -> tiles.ghost(ghost, tile.box(), level);
                case Occupant.OfPod(var pod) -> {
                    var box = motion.at(pod.uid(), tile.box());
                    if (box.meets(view.top(), bottom)) {
                        pod(pod, box, level, motion.opacity(pod.uid()), view);
                    }
                }
            }
        }
    }

    private void pod(PodState pod, Box box, Level level, double opacity, View view) {
        boolean carried = pod.uid().equals(view.carried());
        double shown = carried ? 0.35 : opacity;
        if (shown < 1) {
            pen.gc.setGlobalAlpha(shown);
        }
        tiles.pod(
                pod, box, level, pod.app().equals(view.app()) || pod.uid().equals(view.hovered()));
        if (shown < 1) {
            pen.gc.setGlobalAlpha(1);
        }
        if (view.selection() instanceof Selection.OfPod(var key) && key.equals(pod.key())) {
            tiles.ring(box, level, pen.colour("accent"), 2);
        }
    }

    private static boolean selected(Card card, View view) {
        return switch (card.subject()) {
            case Subject.OfNode(var node) ->
                    view.selection().equals(new Selection.OfNode(node.name()));
            case Subject.OfMachine(var machine) ->
                    view.selection().equals(new Selection.OfNode(machine.name()));
            case Subject.OfApp(var app) -> view.selection().equals(new Selection.OfApp(app.key()));
            case Subject.Unscheduled _ -> false;
        };
    }

    private static boolean targeted(Card card, View view) {
        return card.subject() instanceof Subject.OfNode(var node)
                && node.name().equals(view.target());
    }

    /// What of the map is in view, and what is marked in it.
    ///
    /// @param top how far it is scrolled
    /// @param scale of the screen, 2 where a point has four pixels
    /// @param hovered uid of the pod under the pointer
    /// @param carried uid of the pod that is dragged
    /// @param target the node that a drop would land on
    record View(
            double width,
            double height,
            double top,
            double scale,
            Selection selection,
            @Nullable String hovered,
            @Nullable String carried,
            @Nullable String target) {
        /// The selected app.
        @Nullable ObjectKey app() {
            return selection instanceof Selection.OfApp(var key) ? key : null;
        }
    }
}
