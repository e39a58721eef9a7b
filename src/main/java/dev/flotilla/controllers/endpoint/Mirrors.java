package dev.flotilla.controllers.endpoint;

import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.controllers.endpoint.SliceChanges.Action;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keeps slices that say what the Endpoints of Services without a selector say, so that whoever
/// reads slices sees those too.
final class Mirrors implements Reconciler {
    private final Informer<Service> services;
    private final Informer<Endpoints> endpoints;
    private final Informer<EndpointSlice> slices;
    private final SliceHands hands;

    Mirrors(Informers informers, SliceHands hands) {
        services = informers.of(Service.class);
        endpoints = informers.of(Endpoints.class);
        slices = Selection.slices(informers);
        this.hands = hands;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var known = Selection.of(key, SliceLabels.MIRRORS, slices);
        return hands.act(
                mirrored(key)
                        .map(e -> new MirrorPlan(e, known).actions())
                        .orElseGet(() -> none(known)));
    }

    private Optional<Endpoints> mirrored(ObjectKey key) {
        boolean byHand = services.get(key).filter(s -> Selection.selector(s).isEmpty()).isPresent();
        return endpoints
                .get(key)
                .filter(_ -> byHand)
                .filter(e -> !"true".equals(Owners.labels(e).get(SliceLabels.SKIP_MIRROR)))
                .filter(e -> !Owners.notes(e).containsKey(EndpointsKeeper.LOCK));
    }

    private static List<Action> none(List<EndpointSlice> known) {
        var actions = new ArrayList<Action>();
        known.forEach(s -> actions.add(new Action.Remove(s)));
        return actions;
    }
}
