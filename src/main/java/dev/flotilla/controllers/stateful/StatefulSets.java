package dev.flotilla.controllers.stateful;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.Batches;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodClaim;
import dev.flotilla.controllers.revision.History;
import dev.flotilla.controllers.stateful.StatefulPlan.Action;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps the pods of each StatefulSet, by name, with their claims.
public final class StatefulSets implements Reconciler {
    private static final String KIND = "StatefulSet";

    /// A pod of that name belongs to somebody else, or is on its way.
    private static final Duration AFTER_COLLISION = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final Informer<StatefulSet> sets;
    private final Informer<Pod> pods;
    private final Informer<ControllerRevision> revisions;
    private final InstantSource time;
    private final Batches batches;
    private final EventRecorder events;

    private StatefulSets(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            Batches batches,
            EventRecorder events) {
        this.cluster = cluster;
        this.sets = informers.of(StatefulSet.class);
        this.pods = Owners.index(informers.of(Pod.class));
        this.revisions = Owners.index(informers.of(ControllerRevision.class));
        this.time = time;
        this.batches = batches;
        this.events = events;
    }

    public static Loop loop(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            Batches batches,
            EventRecorder events) {
        var reconciler = new StatefulSets(cluster, informers, time, batches, events);
        var loop = Loop.resting("statefulsets", reconciler, informers, time);
        reconciler.sets.listen(change -> loop.mark(ObjectKey.of(change.object())));
        reconciler.pods.listen(change -> reconciler.concerned(change.object()).forEach(loop::mark));
        return loop;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = sets.get(key);
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var set = found.get();
        var claim =
                PodClaim.of(
                        set,
                        set.getSpec().getSelector(),
                        Owners.ownedBy(set, pods),
                        Owners.strays(key.namespace(), pods),
                        p -> Member.ordinal(set, p) >= 0);
        if (claim.changes()) {
            claim.act(cluster, set);
            return Outcome.again(Duration.ZERO);
        }
        var history = new History(set, Owners.ownedBy(set, revisions));
        var update =
                history.ensure(
                        cluster,
                        set.getSpec().getTemplate(),
                        Objects.requireNonNullElse(
                                set.getSpec().getSelector().getMatchLabels(), Map.of()));
        if (update.isEmpty()) {
            return Outcome.again(Duration.ZERO);
        }
        var status = Objects.requireNonNullElseGet(set.getStatus(), StatefulSetStatus::new);
        var newest = update.get().getMetadata().getName();
        var current =
                history.named(Objects.requireNonNullElse(status.getCurrentRevision(), ""))
                        .orElse(update.get());
        var mine = claim.mine().stream().filter(p -> Member.ordinal(set, p) >= 0).toList();
        var plan =
                new StatefulPlan(
                        set, mine, current.getMetadata().getName(), newest, time.instant());
        var outcome = act(set, plan, List.of(current, update.get()));
        var live = mine.stream().map(History::hash).collect(Collectors.toSet());
        live.add(newest);
        live.add(current.getMetadata().getName());
        history.trim(
                cluster,
                live,
                Objects.requireNonNullElse(set.getSpec().getRevisionHistoryLimit(), 10));
        return outcome;
    }

    private Outcome act(StatefulSet set, StatefulPlan plan, List<ControllerRevision> templates) {
        var again = plan.again();
        for (var ordinal = plan.start(); ordinal < plan.end(); ordinal++) {
            tend(new Member(set, ordinal), null);
        }
        var makes = new ArrayList<Supplier<Written<Pod>>>();
        var removes = new ArrayList<Supplier<Written<Pod>>>();
        for (var action : plan.actions()) {
            switch (action) {
                case Action.Make(var member, var revision) ->
                        makes.add(() -> make(set, member, revision, templates));
                case Action.Remove(var pod, var condemned) ->
                        removes.add(() -> remove(set, pod, condemned));
            }
        }
        boolean refused = false;
        for (var written :
                Stream.concat(batches.slowly(makes).stream(), batches.all(removes).stream())
                        .toList()) {
            refused |= written instanceof Written.Refused<?>;
            if (!written.done()) {
                again = Optional.of(AFTER_COLLISION);
            }
        }
        var status = plan.status();
        if (!status.equals(set.getStatus())) {
            var after = new StatefulSetBuilder(set).withStatus(status).build();
            if (cluster.updateStatus(set, after) instanceof Written.Conflict) {
                return Outcome.again(Duration.ZERO);
            }
        }
        if (refused) {
            return Outcome.REFUSED;
        }
        return again.map(Outcome::again).orElse(Outcome.SETTLED);
    }

    private Written<Pod> make(
            StatefulSet set, Member member, String revision, List<ControllerRevision> templates) {
        for (var claim : member.claims()) {
            if (cluster.get(PersistentVolumeClaim.class, ObjectKey.of(claim)).isPresent()) {
                continue;
            }
            var owned = ClaimRetention.of(set).owned(claim, set, null);
            if (cluster.create(owned)
                    instanceof Written.Refused<PersistentVolumeClaim>(var reason, var message)) {
                events.warning(
                        set,
                        "FailedCreate",
                        "create Claim %s for Pod %s in StatefulSet %s failed error: %s"
                                .formatted(
                                        claim.getMetadata().getName(),
                                        member.name(),
                                        set.getMetadata().getName(),
                                        message));
                return new Written.Refused<>(reason, message);
            }
        }
        var template =
                templates.stream()
                        .filter(r -> r.getMetadata().getName().equals(revision))
                        .findFirst()
                        .map(History::template)
                        .orElse(set.getSpec().getTemplate());
        var written = cluster.create(member.draft(template, revision));
        tell(set, "Create", "create", member.name(), written);
        return written;
    }

    private Written<Pod> remove(StatefulSet set, Pod pod, boolean condemned) {
        if (condemned) {
            tend(new Member(set, Member.ordinal(set, pod)), pod);
        }
        var written = cluster.delete(pod, Deletion.GRACEFUL);
        tell(set, "Delete", "delete", pod.getMetadata().getName(), written);
        return written;
    }

    /// Has the claims of a place go with whom they should.
    private void tend(Member member, @Nullable Pod condemned) {
        var retention = ClaimRetention.of(member.set());
        for (var draft : member.claims()) {
            cluster.get(PersistentVolumeClaim.class, ObjectKey.of(draft))
                    .ifPresent(
                            claim -> {
                                var owned = retention.owned(claim, member.set(), condemned);
                                if (!owned.equals(claim)) {
                                    var _ = cluster.update(claim, owned);
                                }
                            });
        }
    }

    private void tell(
            StatefulSet set, String reason, String verb, String pod, Written<Pod> written) {
        var what = "%s Pod %s in StatefulSet %s ".formatted(verb, pod, set.getMetadata().getName());
        switch (written) {
            case Written.Done<Pod> _ ->
                    events.normal(set, "Successful" + reason, what + "successful");
            case Written.Conflict<Pod> _ -> {}
            case Written.Refused<Pod>(_, var message) ->
                    events.warning(set, "Failed" + reason, what + "failed error: " + message);
        }
    }

    private List<ObjectKey> concerned(Pod pod) {
        return Owners.concerned(pod, KIND, sets, o -> o.getSpec().getSelector());
    }
}
