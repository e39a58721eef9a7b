package dev.flotilla.controllers.endpoint;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.endpoint.SliceChanges.Action;
import dev.flotilla.controllers.owner.Batches;
import dev.flotilla.controllers.owner.Writes;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Writes slices, those of a Service together, and takes away what is too many only then.
record SliceHands(Cluster cluster, Batches batches, OwnWrites<EndpointSlice> own) {

    Outcome act(List<Action> actions) {
        var writes = new ArrayList<Supplier<Written<EndpointSlice>>>();
        var removals = new ArrayList<Supplier<Written<EndpointSlice>>>();
        for (var action : actions) {
            switch (action) {
                case Action.Create(var draft) ->
                        writes.add(() -> own.remember(cluster.create(draft)));
                case Action.Change(var before, var after) ->
                        writes.add(() -> own.remember(cluster.update(before, after)));
                case Action.Remove(var slice) ->
                        removals.add(() -> cluster.delete(slice, Deletion.NOW));
            }
        }
        var written = Writes.outcome(batches.all(writes));
        return written.equals(Outcome.SETTLED) ? Writes.outcome(batches.all(removals)) : written;
    }
}
