package dev.flotilla.ui.fleet;

import dev.flotilla.ui.fleet.Card.Occupant;
import dev.flotilla.ui.fleet.Card.Subject;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.state.Selection;

/// What lies under a point of the map.
sealed interface Hit {
    record Empty() implements Hit {}

    record OnCard(Subject subject) implements Hit {}

    /// @param subject of the card it lies on
    record OnPod(PodState pod, Subject subject) implements Hit {}

    static Hit at(MapLayout layout, double x, double y) {
        for (var card : layout.cards()) {
            if (!card.box().holds(x, y)) {
                continue;
            }
            for (var tile : card.tiles()) {
                if (tile.box().holds(x, y) && tile.occupant() instanceof Occupant.OfPod(var pod)) {
                    return new OnPod(pod, card.subject());
                }
            }
            return new OnCard(card.subject());
        }
        return new Empty();
    }

    /// What a click there selects.
    default Selection selects() {
        return switch (this) {
            case Empty() -> new Selection.Nothing();
            case OnPod(var pod, _) -> new Selection.OfPod(pod.key());
            case OnCard(var subject) -> selected(subject);
        };
    }

    private static Selection selected(Subject subject) {
        return switch (subject) {
            case Subject.OfNode(var node) -> new Selection.OfNode(node.name());
            case Subject.OfMachine(var machine) -> new Selection.OfNode(machine.name());
            case Subject.OfApp(var app) -> new Selection.OfApp(app.key());
            case Subject.Unscheduled _ -> new Selection.Nothing();
        };
    }
}
