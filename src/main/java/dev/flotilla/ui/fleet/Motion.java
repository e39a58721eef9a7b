package dev.flotilla.ui.fleet;

import dev.flotilla.ui.fleet.Card.Occupant;

import java.util.HashMap;
import java.util.Map;

/// Lets tiles glide to their places and fade in instead of jumping. Pure but for its memory: time
/// comes in as nanoseconds. Beyond [#MOST] pods everything jumps.
final class Motion {
    private static final int MOST = 600;
    private static final double GLIDE_NANOS = 180e6;
    private static final double NEAR = 0.5;

    private Map<String, Place> places = new HashMap<>();
    private boolean begun;

    /// Moves everything on.
    ///
    /// @param nanos since the last step; at most the whole way is gone
    /// @return whether anything still moves
    boolean step(MapLayout layout, double nanos, boolean still) {
        var next = new HashMap<String, Place>();
        double share = 1 - Math.exp(-3 * nanos / GLIDE_NANOS);
        boolean moving = false;
        int count = layout.cards().stream().mapToInt(c -> c.tiles().size()).sum();
        boolean jump = still || count > MOST;
        for (var card : layout.cards()) {
            for (var tile : card.tiles()) {
                if (tile.occupant() instanceof Occupant.OfPod(var pod)) {
                    var to = new Place(tile.box().x(), tile.box().y(), 1);
                    var from = places.get(pod.uid());
                    if (from == null) {
                        from = begun ? new Place(to.x, to.y, 0) : to;
                    }
                    var now = jump ? to : from.towards(to, share);
                    moving |= !now.equals(to);
                    next.put(pod.uid(), now);
                }
            }
        }
        begun = true;
        places = next;
        return moving;
    }

    /// Where the tile of a pod is now.
    Box at(String uid, Box goal) {
        var place = places.get(uid);
        return place == null ? goal : new Box(place.x, place.y, goal.width(), goal.height());
    }

    /// 0 to 1.
    double opacity(String uid) {
        var place = places.get(uid);
        return place == null ? 1 : place.opacity;
    }

    private record Place(double x, double y, double opacity) {
        Place towards(Place to, double share) {
            if (Math.abs(to.x - x) < NEAR
                    && Math.abs(to.y - y) < NEAR
                    && to.opacity - opacity < 0.02) {
                return to;
            }
            return new Place(
                    x + (to.x - x) * share,
                    y + (to.y - y) * share,
                    opacity + (to.opacity - opacity) * share);
        }
    }
}
