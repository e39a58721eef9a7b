package dev.flotilla.controllers.endpoint;

import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.model.ObjectKey;

/// Keeps the slices of each Service that selects pods. They go with it, as all that is owned does.
final class Slices implements Reconciler {
    private final Selection selection;
    private final SliceHands hands;
    private final Triggers triggers = new Triggers();

    Slices(Selection selection, SliceHands hands) {
        this.selection = selection;
        this.hands = hands;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var service = selection.selecting(key);
        if (service.isEmpty()) {
            triggers.forget(key);
            return Outcome.SETTLED;
        }
        var pods = selection.pods(service.get());
        var plan =
                new SlicePlan(
                        service.get(),
                        pods,
                        selection.slices(key),
                        selection::node,
                        triggers.since(service.get(), pods));
        return hands.act(plan.actions());
    }
}
