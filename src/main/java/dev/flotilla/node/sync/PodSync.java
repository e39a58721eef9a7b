package dev.flotilla.node.sync;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.cluster.Rush;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.Shape;
import dev.flotilla.node.memory.Facts;
import dev.flotilla.node.memory.Memories;
import dev.flotilla.node.memory.Observed;
import dev.flotilla.node.memory.PodMemory;
import dev.flotilla.node.net.Addresses;
import dev.flotilla.node.plan.Action;
import dev.flotilla.node.plan.PodPlan;
import dev.flotilla.node.plan.Unsupported;
import dev.flotilla.node.plan.Waking;
import dev.flotilla.node.plan.Wanted;
import dev.flotilla.node.probe.Prober;
import dev.flotilla.node.status.PodStatuses;
import dev.flotilla.node.sync.Looks.Look;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/// One look at one pod of a node: what does the engine show, what follows, say so in the status,
/// and hand what is to be done to [PodTasks]. Never waits for an engine's slow work itself.
public record PodSync(
        String node,
        Cluster cluster,
        Informer<Pod> pods,
        Observed observed,
        Memories memories,
        Addresses addresses,
        PodStatuses statuses,
        PodTasks tasks,
        Prober prober,
        Wills wills,
        Looks looks,
        EventRecorder events,
        Function<Pod, Wanted> wanted,
        Function<Pod, Optional<PodStatus>> refusal,
        InstantSource time,
        Rush rush,
        BooleanSupplier answering)
        implements Reconciler {
    /// A pod that starts sooner is told of once, when it runs.
    private static final Duration UNTOLD = Duration.ofMillis(500);

    private static final Set<String> MAKING = Set.of("ContainerCreating", "PodInitializing");

    @Override
    public Outcome reconcile(ObjectKey key) {
        var pod = pods.get(key).filter(p -> node.equals(p.getSpec().getNodeName()));
        if (!answering.getAsBoolean()) {
            return pod.map(p -> written(p, PodStatuses.unknown(p, time.instant())))
                    .orElse(Outcome.SETTLED);
        }
        try {
            leaveOthers(key, pod.map(p -> p.getMetadata().getUid()).orElse(""));
            var rest = pod.filter(Rush::isComing).isPresent() ? rush.rest() : Duration.ZERO;
            return rest.isPositive()
                    ? Outcome.again(rest)
                    : pod.map(p -> tend(key, p)).orElse(Outcome.SETTLED);
        } catch (RuntimeUnavailable e) {
            // The heartbeat judges the node, not this call.
            return Outcome.again(PodTasks.LATER);
        }
    }

    private Outcome tend(ObjectKey key, Pod pod) {
        var uid = pod.getMetadata().getUid();
        var memory = memories.of(key, uid);
        var containers = observed.of(uid);
        if (isNew(pod, containers)) {
            var refused = refusal.apply(pod);
            if (refused.isPresent()) {
                return written(pod, refused.get());
            }
        }
        var seen = memory.look(pod, containers);
        wills.read(pod, seen, memory);
        var started =
                containers.stream()
                        .filter(c -> !seen.track(PodLabels.container(c)).starting())
                        .toList();
        var facts = memory.facts().with(prober.follow(pod, started, address(pod, containers)));
        var now = time.instant();
        var volumes = wanted.apply(pod);
        var look = new Look(revision(pod), containers, facts, volumes);
        var known = looks.known(uid, look, now);
        if (known.isPresent()) {
            return known.get();
        }
        var actions = PodPlan.of(pod, containers, facts, volumes, now);
        var told = new Told(Outcome.SETTLED, pod);
        if (actions.stream().noneMatch(Action.Finish.class::isInstance)) {
            told = tell(pod, memory, containers, facts, now);
            tellOnce(pod, memory);
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            prober.forget(uid);
        }
        actions.forEach(action -> tasks.launch(pod, memory, action));
        if (told.outcome instanceof Outcome.Again) {
            return told.outcome;
        }
        var next = Waking.of(told.pod, facts, volumes, now);
        if (actions.isEmpty() && isLasting(told.pod)) {
            looks.settled(uid, look.at(revision(told.pod)), next);
        }
        return next.map(at -> Outcome.again(Duration.between(now, at))).orElse(Outcome.SETTLED);
    }

    /// Whether what it says of itself calls for nothing to be done.
    private static boolean isLasting(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null && !PodPlan.isOver(pod);
    }

    private static String revision(Pod pod) {
        return String.valueOf(pod.getMetadata().getResourceVersion());
    }

    /// @param pod as it is now
    private record Told(Outcome outcome, Pod pod) {}

    private Told tell(
            Pod pod, PodMemory memory, List<ContainerState> containers, Facts facts, Instant now) {
        var until = memory.firstSeen(now).plus(UNTOLD);
        var later = new Told(Outcome.again(Duration.between(now, until)), pod);
        if (now.isBefore(until) && isBeginning(pod, containers, facts)) {
            return later;
        }
        var status = statuses.of(pod, containers, facts, address(pod, containers), now);
        return now.isBefore(until) && isWaiting(status) ? later : told(pod, status);
    }

    /// Whether there is nothing of it yet, and nothing stands in its way.
    private static boolean isBeginning(Pod pod, List<ContainerState> containers, Facts facts) {
        return isNew(pod, containers)
                && facts.tracks().values().stream().allMatch(t -> t.trouble() == null)
                && Unsupported.refusal(pod).isEmpty();
    }

    /// Whether it says no more than that containers are being made.
    private static boolean isWaiting(PodStatus status) {
        return "Pending".equals(status.getPhase())
                && Stream.concat(
                                status.getInitContainerStatuses().stream(),
                                status.getContainerStatuses().stream())
                        .map(s -> s.getState().getWaiting())
                        .allMatch(w -> w != null && MAKING.contains(w.getReason()));
    }

    private static boolean isNew(Pod pod, List<ContainerState> containers) {
        var status = pod.getStatus();
        return containers.isEmpty()
                && pod.getMetadata().getDeletionTimestamp() == null
                && (status == null || status.getStartTime() == null)
                && !PodPlan.isOver(pod);
    }

    /// Containers of a pod that went by this name and that the API no longer has on this node. Its
    /// answer is asked for, not the cache's.
    private void leaveOthers(ObjectKey key, String uid) {
        var others = memories.uids(key).stream().filter(u -> !u.equals(uid)).toList();
        if (others.isEmpty()) {
            return;
        }
        var present =
                cluster.get(Pod.class, key).filter(p -> node.equals(p.getSpec().getNodeName()));
        for (var other : others) {
            if (present.filter(p -> p.getMetadata().getUid().equals(other)).isPresent()) {
                continue;
            }
            var memory = memories.of(key, other);
            var containers = observed.of(other);
            if (containers.isEmpty() && memory.idle()) {
                memories.forget(key, other);
                observed.forget(other);
                prober.forget(other);
                addresses.release(other);
                looks.forget(other);
            }
            PodPlan.leave(containers, memory.facts())
                    .forEach(action -> tasks.launchRemoval(key, other, memory, action));
        }
    }

    private Outcome written(Pod pod, PodStatus status) {
        return told(pod, status).outcome;
    }

    private Told told(Pod pod, PodStatus status) {
        var before = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        if (status.equals(before)) {
            return new Told(Outcome.SETTLED, pod);
        }
        var after =
                new Pod(
                        pod.getApiVersion(),
                        pod.getKind(),
                        pod.getMetadata(),
                        pod.getSpec(),
                        status);
        return switch (cluster.updateStatus(pod, after)) {
            case Written.Done<Pod>(var now) -> {
                new PodEvents(events).tell(pod, before, status);
                yield new Told(Outcome.SETTLED, now);
            }
            case Written.Conflict<Pod> _ -> new Told(Outcome.again(Duration.ZERO), pod);
            case Written.Refused<Pod>(var reason, var message) ->
                    throw new IllegalStateException(
                            "the API refuses the status of pod %s/%s: %s: %s"
                                    .formatted(
                                            pod.getMetadata().getNamespace(),
                                            pod.getMetadata().getName(),
                                            reason,
                                            message));
        };
    }

    private void tellOnce(Pod pod, PodMemory memory) {
        if (memory.tellOnce()) {
            Unsupported.refusal(pod).ifPresent(r -> events.warning(pod, "Unsupported", r));
        }
    }

    /// Empty until its first container was started: only then somebody could be reached there.
    private String address(Pod pod, List<ContainerState> containers) {
        boolean begun = containers.stream().anyMatch(c -> !(c.phase() instanceof Phase.Created));
        if (!begun) {
            return "";
        }
        return Shape.onHostNetwork(pod)
                ? statuses.hostIp()
                : addresses.of(pod.getMetadata().getUid()).orElse("");
    }
}
