package dev.flotilla.ui.fleet;

import dev.flotilla.ui.fleet.Card.Occupant;
import dev.flotilla.ui.state.Selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Moves the selection with the arrow keys: to the nearest thing in that direction, pods among
/// pods, cards among cards.
final class MapSteps {
    /// How much more a step aside costs than one ahead.
    private static final double ASIDE = 3;

    private MapSteps() {}

    /// Where an arrow key points.
    enum Arrow {
        LEFT(-1, 0),
        RIGHT(1, 0),
        UP(0, -1),
        DOWN(0, 1);

        private final int x;
        private final int y;

        Arrow(int x, int y) {
            this.x = x;
            this.y = y;
        }
    }

    /// A thing that can be selected, and where it is.
    record Spot(Selection what, Box box) {}

    /// @return where the selection goes; the first thing if nothing is selected
    static Optional<Spot> next(MapLayout layout, Selection from, Arrow arrow) {
        boolean cards = from instanceof Selection.OfNode;
        var spots = spots(layout, cards);
        if (spots.isEmpty()) {
            spots = spots(layout, !cards);
        }
        var here = spots.stream().filter(s -> s.what().equals(from)).findFirst();
        if (here.isEmpty()) {
            return spots.stream().findFirst();
        }
        var start = here.get().box();
        Spot best = here.get();
        double least = Double.MAX_VALUE;
        for (var spot : spots) {
            double dx = spot.box().centreX() - start.centreX();
            double dy = spot.box().centreY() - start.centreY();
            double ahead = dx * arrow.x + dy * arrow.y;
            double aside = Math.abs(dx * arrow.y) + Math.abs(dy * arrow.x);
            double cost = ahead + ASIDE * aside;
            if (ahead > 1 && cost < least) {
                least = cost;
                best = spot;
            }
        }
        return Optional.of(best);
    }

    /// Where a selected thing is on the map.
    static Optional<Spot> find(MapLayout layout, Selection what) {
        var all = new ArrayList<>(spots(layout, false));
        all.addAll(spots(layout, true));
        return all.stream().filter(s -> s.what().equals(what)).findFirst();
    }

    private static List<Spot> spots(MapLayout layout, boolean cards) {
        var spots = new ArrayList<Spot>();
        for (var card : layout.cards()) {
            var whole = new Hit.OnCard(card.subject()).selects();
            if (cards && !(whole instanceof Selection.Nothing)) {
                spots.add(new Spot(whole, card.box()));
            }
            for (var tile : card.tiles()) {
                if (!cards && tile.occupant() instanceof Occupant.OfPod(var pod)) {
                    spots.add(new Spot(new Selection.OfPod(pod.key()), tile.box()));
                }
            }
        }
        return spots;
    }
}
