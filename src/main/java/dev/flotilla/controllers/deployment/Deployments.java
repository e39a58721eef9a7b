package dev.flotilla.controllers.deployment;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.deployment.DeploymentPlan.Action;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.TemplateHash;
import dev.flotilla.controllers.replica.ReplicaSets;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps one ReplicaSet a template and rolls from one to the next.
public final class Deployments implements Reconciler {
    public static final String KIND = "Deployment";
    private static final Duration AFTER_COLLISION = Duration.ofMillis(200);

    private final Cluster cluster;
    private final Informer<Deployment> deployments;
    private final Informer<ReplicaSet> sets;
    private final Informer<Pod> pods;
    private final InstantSource time;
    private final EventRecorder events;

    Deployments(Cluster cluster, Informers informers, InstantSource time, EventRecorder events) {
        this.cluster = cluster;
        this.deployments = informers.of(Deployment.class);
        this.sets = Owners.index(informers.of(ReplicaSet.class));
        this.pods = Owners.index(informers.of(Pod.class));
        this.time = time;
        this.events = events;
    }

    public static Loop loop(
            Cluster cluster, Informers informers, InstantSource time, EventRecorder events) {
        var reconciler = new Deployments(cluster, informers, time, events);
        var loop = Loop.resting("deployments", reconciler, informers, time);
        reconciler.deployments.listen(change -> loop.mark(ObjectKey.of(change.object())));
        reconciler.sets.listen(change -> reconciler.concerned(change.object()).forEach(loop::mark));
        reconciler.pods.listen(
                change ->
                        reconciler
                                .watching(change.object(), change instanceof Change.Deleted)
                                .ifPresent(loop::mark));
        return loop;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = deployments.get(key);
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var deployment = found.get();
        if (!claim(deployment)) {
            return Outcome.again(Duration.ZERO);
        }
        var instant = time.instant();
        var stocks =
                Owners.ownedBy(deployment, sets).stream()
                        .map(set -> Stock.of(set, Owners.ownedBy(set, pods), instant))
                        .toList();
        var plan = DeploymentPlan.of(deployment, stocks);
        String made = null;
        String refused = null;
        var now = deployment;
        for (var action : plan.actions()) {
            switch (act(now, action)) {
                case Written.Done<?>(var object) -> {
                    if (object instanceof Deployment noted) {
                        now = noted;
                    } else if (action instanceof Action.Make(var draft)) {
                        made = draft.getMetadata().getName();
                    }
                }
                case Written.Conflict<?> _ -> {
                    return action instanceof Action.Make(var draft)
                            ? collided(now, draft)
                            : Outcome.again(Duration.ZERO);
                }
                case Written.Refused<?>(_, var message) -> {
                    if (action instanceof Action.Make(var draft)) {
                        refused =
                                "Failed to create new replica set \"%s\": %s"
                                        .formatted(draft.getMetadata().getName(), message);
                        events.warning(deployment, "ReplicaSetCreateError", refused);
                    }
                    var _ = tell(now, new DeploymentStatuses(plan, made, refused, instant));
                    return Outcome.REFUSED;
                }
            }
        }
        return tell(now, new DeploymentStatuses(plan, made, refused, instant));
    }

    private Outcome tell(Deployment now, DeploymentStatuses statuses) {
        var status = statuses.status();
        if (!status.equals(now.getStatus())) {
            var after = new DeploymentBuilder(now).withStatus(status).build();
            if (cluster.updateStatus(now, after) instanceof Written.Conflict) {
                return Outcome.again(Duration.ZERO);
            }
        }
        return Stream.concat(
                        statuses.untilLate(status).stream(),
                        statuses.plan().current().flatMap(Stock::untilTrouble).stream())
                .min(Duration::compareTo)
                .map(Outcome::again)
                .orElse(Outcome.SETTLED);
    }

    private Written<?> act(Deployment deployment, Action action) {
        return switch (action) {
            case Action.Make(var draft) -> {
                var written = cluster.create(draft);
                if (written.done()) {
                    scaled(deployment, draft, 0, Revisions.size(draft));
                }
                yield written;
            }
            case Action.Change(var before, var after) -> {
                var written = cluster.update(before, after);
                if (written.done()) {
                    scaled(deployment, after, Revisions.size(before), Revisions.size(after));
                }
                yield written;
            }
            case Action.Drop(var set) -> cluster.delete(set, new Deletion(true, null));
            // With the status, which leaves the generation as it is.
            case Action.Note(var after) -> cluster.updateStatus(deployment, after);
            case Action.GoBack(var after, var why) -> {
                var written = cluster.update(deployment, after);
                if (written.done()) {
                    events.warning(deployment, "DeploymentRollback", why);
                }
                yield written;
            }
        };
    }

    private void scaled(Deployment deployment, ReplicaSet set, int from, int to) {
        if (from != to) {
            events.normal(
                    deployment,
                    "ScalingReplicaSet",
                    "Scaled %s replica set %s from %d to %d"
                            .formatted(
                                    to > from ? "up" : "down",
                                    set.getMetadata().getName(),
                                    from,
                                    to));
        }
    }

    /// The name is taken: by another template or another owner, then the hash takes a new turn; by
    /// none we can see, then it is looked at again a little later.
    private Outcome collided(Deployment deployment, ReplicaSet draft) {
        var there = cluster.get(ReplicaSet.class, ObjectKey.of(draft));
        if (there.isEmpty()) {
            return Outcome.again(AFTER_COLLISION);
        }
        boolean ours =
                Owners.controller(there.get())
                                .filter(o -> o.getUid().equals(uid(deployment)))
                                .isPresent()
                        && TemplateHash.same(
                                there.get().getSpec().getTemplate(), draft.getSpec().getTemplate());
        if (!ours) {
            int collisions =
                    deployment.getStatus() == null
                            ? 0
                            : Objects.requireNonNullElse(
                                    deployment.getStatus().getCollisionCount(), 0);
            var after =
                    new DeploymentBuilder(deployment)
                            .editOrNewStatus()
                            .withCollisionCount(collisions + 1)
                            .endStatus()
                            .build();
            if (!cluster.updateStatus(deployment, after).done()) {
                return Outcome.again(AFTER_COLLISION);
            }
        }
        return Outcome.again(Duration.ZERO);
    }

    /// Takes in sets that match and have no owner, lets go those that no longer match.
    ///
    /// @return false when the sets have changed by that
    private boolean claim(Deployment deployment) {
        if (Owners.leaving(deployment)) {
            return true;
        }
        var selector = deployment.getSpec().getSelector();
        var changed = new ArrayList<Written<?>>();
        for (var set : Owners.strays(deployment.getMetadata().getNamespace(), sets)) {
            if (!Owners.leaving(set) && Owners.selects(selector, set)) {
                var owned =
                        new ReplicaSetBuilder(set)
                                .editMetadata()
                                .addToOwnerReferences(Owners.controlledBy(deployment))
                                .endMetadata()
                                .build();
                changed.add(cluster.update(set, owned));
            }
        }
        for (var set : Owners.ownedBy(deployment, sets)) {
            if (!Owners.leaving(set) && !Owners.selects(selector, set)) {
                var free =
                        new ReplicaSetBuilder(set)
                                .editMetadata()
                                .removeMatchingFromOwnerReferences(
                                        o -> uid(deployment).equals(o.getUid()))
                                .endMetadata()
                                .build();
                changed.add(cluster.update(set, free));
            }
        }
        return changed.isEmpty();
    }

    /// The Deployments that a set belongs to, or that may want it.
    private List<ObjectKey> concerned(ReplicaSet set) {
        return Owners.concerned(set, KIND, deployments, o -> o.getSpec().getSelector());
    }

    /// A Deployment that recreates waits for its old pods to be gone; one that may go back looks
    /// how its new ones do.
    private Optional<ObjectKey> watching(Pod pod, boolean gone) {
        return Owners.controller(pod, ReplicaSets.KIND)
                .flatMap(sets::get)
                .flatMap(set -> Owners.controller(set, KIND))
                .flatMap(deployments::get)
                .filter(d -> (gone && !Bounds.rolls(d)) || AutoRollback.wanted(d))
                .map(ObjectKey::of);
    }

    private static String uid(Deployment deployment) {
        return deployment.getMetadata().getUid();
    }
}
