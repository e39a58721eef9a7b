package dev.flotilla.controllers.daemon;

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
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.controllers.revision.History;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Keeps a pod of each DaemonSet on each node that it wants.
public final class DaemonSets implements Reconciler {
    private static final String KIND = "DaemonSet";

    private final Cluster cluster;
    private final Informer<DaemonSet> sets;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final Informer<ControllerRevision> revisions;
    private final InstantSource time;
    private final Batches batches;
    private final EventRecorder events;

    private DaemonSets(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            Batches batches,
            EventRecorder events) {
        this.cluster = cluster;
        this.sets = informers.of(DaemonSet.class);
        this.pods = Owners.index(informers.of(Pod.class));
        this.nodes = informers.of(Node.class);
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
        var reconciler = new DaemonSets(cluster, informers, time, batches, events);
        var loop = Loop.resting("daemonsets", reconciler, informers, time);
        reconciler.sets.listen(change -> loop.mark(ObjectKey.of(change.object())));
        reconciler.pods.listen(change -> reconciler.concerned(change.object()).forEach(loop::mark));
        reconciler.nodes.listen(
                _ -> reconciler.sets.all().forEach(set -> loop.mark(ObjectKey.of(set))));
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
                        _ -> true);
        if (claim.changes()) {
            claim.act(cluster, set);
            return Outcome.again(Duration.ZERO);
        }
        var history = new History(set, Owners.ownedBy(set, revisions));
        var revision =
                history.ensure(
                        cluster,
                        set.getSpec().getTemplate(),
                        Objects.requireNonNullElse(
                                set.getSpec().getTemplate().getMetadata().getLabels(), Map.of()));
        if (revision.isEmpty()) {
            return Outcome.again(Duration.ZERO);
        }
        var hash = History.hash(revision.get());
        var plan =
                new DaemonPlan(set, List.copyOf(nodes.all()), claim.mine(), hash, time.instant());
        var outcome = act(set, plan);
        var live = claim.mine().stream().map(History::hash).collect(Collectors.toSet());
        live.add(hash);
        history.trim(
                cluster,
                live,
                Objects.requireNonNullElse(set.getSpec().getRevisionHistoryLimit(), 10));
        return outcome;
    }

    private Outcome act(DaemonSet set, DaemonPlan plan) {
        var change = plan.change();
        boolean conflict = false;
        for (var pod : change.remove()) {
            if (PodState.over(pod)) {
                events.warning(
                        set,
                        PodState.phase(pod) + "DaemonPod",
                        "Found %s daemon pod %s on node %s, will try to delete it"
                                .formatted(
                                        PodState.phase(pod).equals("Failed")
                                                ? "failed"
                                                : "succeeded",
                                        ObjectKey.of(pod),
                                        DaemonPods.node(pod)));
            }
            boolean done = cluster.delete(pod, Deletion.GRACEFUL).done();
            conflict |= !done;
            if (done) {
                events.normal(set, "SuccessfulDelete", "Deleted pod: " + ObjectKey.of(pod).name());
            }
        }
        boolean refused = false;
        var creations =
                change.make().stream()
                        .<Supplier<Written<Pod>>>map(node -> () -> create(set, node, plan.hash()))
                        .toList();
        for (var written : batches.slowly(creations)) {
            switch (written) {
                case Written.Done<Pod> _ -> {}
                case Written.Conflict<Pod> _ -> conflict = true;
                case Written.Refused<Pod>(_, var message) -> {
                    events.warning(set, "FailedCreate", "Error creating: " + message);
                    refused = true;
                }
            }
        }
        var status = plan.status();
        if (!status.equals(set.getStatus())) {
            var after = new DaemonSetBuilder(set).withStatus(status).build();
            conflict |= cluster.updateStatus(set, after) instanceof Written.Conflict;
        }
        if (refused) {
            return Outcome.REFUSED;
        }
        return conflict
                ? Outcome.again(Duration.ZERO)
                : plan.again().map(Outcome::again).orElse(Outcome.SETTLED);
    }

    private Written<Pod> create(DaemonSet set, String node, String hash) {
        var written = cluster.create(DaemonPods.draft(set, node, hash));
        if (written instanceof Written.Done<Pod>(var pod)) {
            events.normal(set, "SuccessfulCreate", "Created pod: " + ObjectKey.of(pod).name());
        }
        return written;
    }

    private List<ObjectKey> concerned(Pod pod) {
        return Owners.concerned(pod, KIND, sets, o -> o.getSpec().getSelector());
    }
}
