package dev.flotilla.controllers.collect;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Deletion.Owned;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.collect.Collection.Action;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Removes what lost its owners, and lets owners go when what they own is dealt with. One loop a
/// kind.
public final class GarbageCollector<T extends HasMetadata> implements Reconciler {
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private final Cluster cluster;
    private final Informer<T> objects;
    private final Ownership ownership;

    private GarbageCollector(Cluster cluster, Informer<T> objects, Ownership ownership) {
        this.cluster = cluster;
        this.objects = objects;
        this.ownership = ownership;
    }

    /// One loop for each kind that is collected.
    public static List<Loop> loops(Cluster cluster, Informers informers, InstantSource time) {
        var ownership = new Ownership(cluster, informers);
        var loops = new LinkedHashMap<Class<? extends HasMetadata>, Loop>();
        ownership
                .informers()
                .forEach(
                        (kind, objects) ->
                                loops.put(
                                        kind,
                                        new Loop(
                                                "collect-" + HasMetadata.getPlural(kind),
                                                new GarbageCollector<>(cluster, objects, ownership),
                                                informers,
                                                time)));
        ownership
                .informers()
                .forEach(
                        (kind, objects) ->
                                objects.listen(change -> wake(kind, change, ownership, loops)));
        return List.copyOf(loops.values());
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = objects.get(key);
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var object = found.get();
        var plan =
                Collection.plan(
                        object, o -> ownership.owner(object, o), ownership.dependents(object));
        for (var action : plan) {
            switch (act(action)) {
                case Written.Done<HasMetadata> _ -> {}
                case Written.Conflict<HasMetadata> _ -> {
                    return Outcome.again(Duration.ZERO);
                }
                case Written.Refused<HasMetadata> _ -> {
                    return Outcome.again(LATER);
                }
            }
        }
        boolean held = object.getMetadata().getFinalizers().contains(Collection.FOREGROUND);
        return held && plan.isEmpty() ? Outcome.again(LATER) : Outcome.SETTLED;
    }

    private Written<HasMetadata> act(Action action) {
        return switch (action) {
            case Action.Remove(var object, var last) -> remove(object, last);
            case Action.Disown(var object, var uids) -> {
                var after = JSON.clone(object);
                after.getMetadata()
                        .setOwnerReferences(
                                object.getMetadata().getOwnerReferences().stream()
                                        .filter(o -> !uids.contains(o.getUid()))
                                        .toList());
                yield cluster.update(object, after);
            }
            case Action.LetGo(var object, var finalizer) -> {
                var left = new ArrayList<>(object.getMetadata().getFinalizers());
                left.remove(finalizer);
                yield cluster.update(object, finalizers(object, left));
            }
        };
    }

    /// What it owns goes the way that its own finalizers say, where they say one.
    private Written<HasMetadata> remove(HasMetadata object, boolean last) {
        var finalizers = object.getMetadata().getFinalizers();
        Owned owned;
        if (last || finalizers.contains(Collection.FOREGROUND)) {
            owned = Owned.FOREGROUND;
        } else {
            owned = finalizers.contains(Collection.ORPHAN) ? Owned.ORPHAN : Owned.BACKGROUND;
        }
        return cluster.delete(object, new Deletion(true, null, owned));
    }

    private static HasMetadata finalizers(HasMetadata object, List<String> finalizers) {
        var after = JSON.clone(object);
        after.getMetadata().setFinalizers(finalizers);
        return after;
    }

    /// What a change calls for: a look at the object if its owners are in doubt or it is held, at
    /// what it owns if it goes, and at its owners if they may have waited for it.
    private static void wake(
            Class<? extends HasMetadata> kind,
            Change<? extends HasMetadata> change,
            Ownership ownership,
            Map<Class<? extends HasMetadata>, Loop> loops) {
        var object = change.object();
        boolean gone = change instanceof Change.Deleted;
        if (!gone && (Owners.leaving(object) || ownership.bereft(object))) {
            mark(loops, kind, ObjectKey.of(object));
        }
        if (gone || Owners.leaving(object)) {
            for (var dependent : ownership.dependents(object)) {
                mark(loops, dependent.getClass(), ObjectKey.of(dependent));
            }
        }
        if (gone) {
            for (var reference : object.getMetadata().getOwnerReferences()) {
                ownership
                        .kind(object, reference)
                        .ifPresent(k -> mark(loops, k, Ownership.key(k, object, reference)));
            }
        }
    }

    private static void mark(
            Map<Class<? extends HasMetadata>, Loop> loops,
            Class<? extends HasMetadata> kind,
            ObjectKey key) {
        var loop = loops.get(kind);
        if (loop != null) {
            loop.mark(key);
        }
    }
}
