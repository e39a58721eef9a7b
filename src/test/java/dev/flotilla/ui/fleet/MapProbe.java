package dev.flotilla.ui.fleet;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.fleet.Card.Occupant;
import dev.flotilla.ui.fleet.Card.Subject;
import dev.flotilla.ui.state.Selection;

import javafx.geometry.Point2D;
import javafx.scene.Node;

/// Finds on screen what is painted on the map.
public final class MapProbe {
    private final FleetMap map;

    public MapProbe(Node map) {
        this.map = (FleetMap) map;
    }

    /// The middle of a pod's tile, on the screen.
    public Point2D pod(ObjectKey key) {
        var box = MapSteps.find(map.layoutNow(), new Selection.OfPod(key)).orElseThrow().box();
        return map.localToScreen(box.centreX(), box.centreY() - map.top());
    }

    /// A point of a node's card below its tiles, on the screen.
    public Point2D node(String name) {
        var box = MapSteps.find(map.layoutNow(), new Selection.OfNode(name)).orElseThrow().box();
        return map.localToScreen(box.centreX(), box.y() + box.height() - 60 - map.top());
    }

    /// How many pods that are not there yet are painted on a node.
    public long ghostsOn(String node) {
        return map.layoutNow().cards().stream()
                .filter(c -> c.subject() instanceof Subject.OfNode(var n) && n.name().equals(node))
                .flatMap(c -> c.tiles().stream())
                .filter(t -> t.occupant() instanceof Occupant.OfGhost)
                .count();
    }

    /// Paints once, in the calling thread.
    ///
    /// @return nanoseconds
    public long paint() {
        long begun = System.nanoTime();
        map.paint();
        return System.nanoTime() - begun;
    }
}
