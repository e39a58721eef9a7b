package dev.flotilla.controllers.volume;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.facts.ClaimView;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

import java.time.InstantSource;
import java.util.List;

/// Finds each claim its volume.
final class Claims implements Reconciler {
    /// Index: claims by the volume they name.
    private static final String VOLUME = "volume";

    /// Index: claims that name no volume, by their class.
    private static final String OPEN = "open";

    private final Informer<PersistentVolumeClaim> claims;
    private final ClaimWorld world;
    private final Steps steps;

    private Claims(Informers informers, Steps steps) {
        claims = informers.of(PersistentVolumeClaim.class);
        claims.indexBy(
                VOLUME,
                c ->
                        ClaimView.of(c).volume().isEmpty()
                                ? List.of()
                                : List.of(ClaimView.of(c).volume()));
        claims.indexBy(
                OPEN,
                c ->
                        ClaimView.of(c).volume().isEmpty()
                                ? List.of(ClaimView.of(c).className())
                                : List.of());
        world = Surroundings.of(informers);
        this.steps = steps;
    }

    static Loop loop(Informers informers, InstantSource time, Steps steps) {
        var reconciler = new Claims(informers, steps);
        var loop = new Loop("claims", reconciler, informers, time);
        reconciler.claims.listen(
                change -> {
                    if (change instanceof Change.Put) {
                        loop.mark(ObjectKey.of(change.object()));
                    }
                });
        informers.of(PersistentVolume.class).listen(c -> reconciler.volume(loop, c.object()));
        informers.of(StorageClass.class).listen(c -> reconciler.type(loop, c.object()));
        informers.of(Node.class).listen(c -> reconciler.node(loop, c));
        return loop;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = claims.get(key);
        return found.isEmpty()
                ? Outcome.SETTLED
                : steps.take(found.get(), new ClaimPlan(found.get(), world).next());
    }

    private void volume(Loop loop, PersistentVolume volume) {
        var ref = volume.getSpec().getClaimRef();
        if (ref == null) {
            var type = volume.getSpec().getStorageClassName();
            mark(loop, OPEN, type == null ? "" : type);
        } else {
            loop.mark(Bonds.key(ref));
        }
        mark(loop, VOLUME, volume.getMetadata().getName());
    }

    private void type(Loop loop, StorageClass type) {
        mark(loop, OPEN, type.getMetadata().getName());
        if (Classes.byDefault(type)) {
            mark(loop, OPEN, "");
        }
    }

    /// A claim for which nobody could make a volume may find a node now, or have lost its own.
    private void node(Loop loop, Change<Node> change) {
        var name = change.object().getMetadata().getName();
        claims.all().stream()
                .map(ClaimView::of)
                .filter(c -> c.volume().isEmpty())
                .filter(
                        c ->
                                switch (change) {
                                    case Change.Put<Node>(_, var node) ->
                                            Provision.takes(node) && anywhere(c);
                                    case Change.Deleted<Node> _ -> name.equals(c.node());
                                })
                .forEach(c -> loop.mark(c.key()));
    }

    private boolean anywhere(ClaimView claim) {
        return claim.node() == null
                && world.type(claim.className()).filter(Classes::madeAtOnce).isPresent();
    }

    private void mark(Loop loop, String index, String value) {
        claims.by(index, value).forEach(c -> loop.mark(ObjectKey.of(c)));
    }
}
