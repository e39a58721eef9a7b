package dev.flotilla.registry.kinds.flotilla;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class FlotillaKinds {
    private FlotillaKinds() {}

    public static List<Kind> all() {
        return List.of(
                new Machines(),
                new ImagePushes(),
                new VolumeCopies(),
                new PlacementReviews(),
                new RebalanceReviews());
    }
}
