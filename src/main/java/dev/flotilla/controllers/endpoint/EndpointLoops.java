package dev.flotilla.controllers.endpoint;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.controllers.owner.Batches;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The loops of this package: slices, Endpoints, and slices that mirror Endpoints made by hand.
public final class EndpointLoops {
    /// Proxies read slices. Endpoints are one large object, written when a wave of changes is over.
    private static final Duration LATER = Duration.ofMillis(50);

    private EndpointLoops() {}

    /// @param batches writes slices of one Service together
    public static List<Loop> loops(
            Cluster cluster, Informers informers, InstantSource time, Batches batches) {
        var selection = new Selection(informers);
        var ownSlices = new OwnWrites<EndpointSlice>();
        var ownEndpoints = new OwnWrites<Endpoints>();
        var hands = new SliceHands(cluster, batches, ownSlices);
        var slices = Loop.resting("endpointslices", new Slices(selection, hands), informers, time);
        var endpoints =
                Loop.resting(
                        "endpoints",
                        new EndpointsKeeper(cluster, selection, ownEndpoints),
                        informers,
                        time);
        var mirrors = new Loop("endpointmirrors", new Mirrors(informers, hands), informers, time);

        var loops = List.of(slices, endpoints, mirrors);
        informers
                .of(Service.class)
                .listen(change -> loops.forEach(l -> l.mark(ObjectKey.of(change.object()))));
        var faces = new PodFaces(selection);
        informers
                .of(Pod.class)
                .listen(
                        change -> {
                            var concerned = faces.concerned(change);
                            concerned.forEach(slices::mark);
                            concerned.forEach(key -> endpoints.markAfter(key, LATER));
                        });
        var zones = new NodeZones();
        informers
                .of(Node.class)
                .listen(change -> zones.concerned(change, selection).forEach(slices::mark));
        informers
                .of(EndpointSlice.class)
                .listen(
                        change -> {
                            if (ownSlices.foreign(change)) {
                                var concerned = SliceLabels.services(change.object());
                                concerned.forEach(slices::mark);
                                concerned.forEach(mirrors::mark);
                            }
                        });
        informers
                .of(Endpoints.class)
                .listen(
                        change -> {
                            var key = ObjectKey.of(change.object());
                            mirrors.mark(key);
                            if (ownEndpoints.foreign(change)
                                    && selection.service(key).isPresent()) {
                                endpoints.mark(key);
                            }
                        });
        leftovers(informers, selection).forEach(endpoints::mark);
        return loops;
    }

    /// Endpoints whose Service went and that nobody had the time to take away.
    private static List<ObjectKey> leftovers(Informers informers, Selection selection) {
        return informers.of(Endpoints.class).all().stream()
                .map(ObjectKey::of)
                .filter(key -> selection.service(key).isEmpty())
                .toList();
    }
}
