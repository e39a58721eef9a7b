package dev.flotilla.controllers;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.Placement;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Gives each unbound pod its node. A pod that finds none says why, and is tried again when a node
/// or the room on one changes.
final class SchedulerLoop implements Reconciler {
    private static final String SCHEDULED = "PodScheduled";

    private final Cluster cluster;
    private final Informer<Pod> pods;
    private final InstantSource time;
    private final EventRecorder events;
    private final Scheduling scheduling;
    private final Set<ObjectKey> homeless = ConcurrentHashMap.newKeySet();
    private final Loop loop;

    private SchedulerLoop(
            Cluster cluster, Informers informers, InstantSource time, EventRecorder events) {
        this.cluster = cluster;
        this.pods = informers.of(Pod.class);
        this.time = time;
        this.events = events;
        this.loop = new Loop("scheduler", this, informers, time);
        informers.of(Node.class);
        this.scheduling = Scheduling.follow(informers, this::retry);
        pods.listen(this::wake);
    }

    /// The loop, and the picture it keeps.
    record Started(Loop loop, Scheduling scheduling) {}

    static Started loop(
            Cluster cluster, Informers informers, InstantSource time, EventRecorder events) {
        var scheduler = new SchedulerLoop(cluster, informers, time, events);
        return new Started(scheduler.loop, scheduler.scheduling);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = pods.get(key).filter(SchedulerLoop::waits);
        if (found.isEmpty()) {
            homeless.remove(key);
            return Outcome.SETTLED;
        }
        var pod = found.get();
        return switch (scheduling.place(pod)) {
            case Placement.On(var node) -> bind(pod, node);
            case Placement.Nowhere nowhere -> explain(pod, nowhere.message());
        };
    }

    private Outcome bind(Pod pod, String node) {
        boolean bound = false;
        try {
            bound = cluster.bind(pod, node).done();
        } finally {
            if (!bound) {
                scheduling.forget(pod);
            }
        }
        if (!bound) {
            return Outcome.again(Duration.ZERO);
        }
        var key = ObjectKey.of(pod);
        homeless.remove(key);
        events.normal(pod, "Scheduled", "Successfully assigned %s to %s".formatted(key, node));
        return Outcome.SETTLED;
    }

    /// Marked as homeless first: a node that comes meanwhile wakes it again.
    private Outcome explain(Pod pod, String message) {
        homeless.add(ObjectKey.of(pod));
        var known = PodState.condition(pod, SCHEDULED);
        if (known.filter(c -> message.equals(c.getMessage())).isPresent()) {
            return Outcome.SETTLED;
        }
        events.warning(pod, "FailedScheduling", message);
        var condition =
                new PodConditionBuilder()
                        .withType(SCHEDULED)
                        .withStatus("False")
                        .withReason("Unschedulable")
                        .withMessage(message)
                        .withLastTransitionTime(
                                known.map(PodCondition::getLastTransitionTime)
                                        .orElse(
                                                time.instant()
                                                        .truncatedTo(ChronoUnit.SECONDS)
                                                        .toString()))
                        .build();
        var after =
                new PodBuilder(pod)
                        .editOrNewStatus()
                        .removeMatchingFromConditions(c -> SCHEDULED.equals(c.getType()))
                        .addToConditions(condition)
                        .endStatus()
                        .build();
        return cluster.updateStatus(pod, after) instanceof Written.Conflict
                ? Outcome.again(Duration.ZERO)
                : Outcome.SETTLED;
    }

    private void wake(Change<Pod> change) {
        var pod = change.object();
        if (change instanceof Change.Put && waits(pod)) {
            loop.mark(ObjectKey.of(pod));
        } else {
            homeless.remove(ObjectKey.of(pod));
        }
    }

    private void retry() {
        homeless.stream().sorted().forEach(loop::mark);
    }

    private static boolean waits(Pod pod) {
        var gates = pod.getSpec().getSchedulingGates();
        return PodState.node(pod) == null && PodState.active(pod) && gates.isEmpty();
    }
}
