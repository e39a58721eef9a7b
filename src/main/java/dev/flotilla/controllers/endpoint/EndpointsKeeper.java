package dev.flotilla.controllers.endpoint;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.Writes;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Endpoints;

import java.util.List;

/// Keeps the Endpoints of each Service that selects pods, for those who do not read slices, and
/// takes them away with the Service, whoever made them.
final class EndpointsKeeper implements Reconciler {
    /// Annotation: somebody uses these Endpoints as a lock and not to lead anywhere.
    static final String LOCK = "control-plane.alpha.kubernetes.io/leader";

    private final Cluster cluster;
    private final Selection selection;
    private final OwnWrites<Endpoints> own;
    private final Triggers triggers = new Triggers();

    EndpointsKeeper(Cluster cluster, Selection selection, OwnWrites<Endpoints> own) {
        this.cluster = cluster;
        this.selection = selection;
        this.own = own;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        if (selection.service(key).isEmpty()) {
            triggers.forget(key);
            return remove(key);
        }
        var service = selection.selecting(key).filter(s -> !Owners.leaving(s));
        if (service.isEmpty()) {
            return Outcome.SETTLED;
        }
        var pods = selection.pods(service.get());
        var known = selection.endpoints(key);
        var plan =
                new EndpointsPlan(service.get(), pods, known, triggers.since(service.get(), pods));
        var wanted = plan.wanted();
        if (wanted.isEmpty()) {
            return Outcome.SETTLED;
        }
        var written =
                known.isEmpty()
                        ? cluster.create(wanted.get())
                        : cluster.update(known.get(), wanted.get());
        return Writes.outcome(List.of(own.remember(written)));
    }

    private Outcome remove(ObjectKey key) {
        return selection
                .endpoints(key)
                .filter(e -> !Owners.notes(e).containsKey(LOCK))
                .map(e -> Writes.outcome(List.of(cluster.delete(e, Deletion.NOW))))
                .orElse(Outcome.SETTLED);
    }
}
