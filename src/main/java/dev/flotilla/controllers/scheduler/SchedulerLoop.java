package dev.flotilla.controllers.scheduler;

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
import dev.flotilla.controllers.scheduler.PodQueue.Waiting;
import dev.flotilla.model.NodeUse;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.News;
import dev.flotilla.schedule.Placement;
import dev.flotilla.schedule.facts.PodView;

import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Gives each unbound pod its node, the most important first.
///
/// The keys of its loop are hands, not pods: each hand that is looked at takes one pod from the
/// queue, so that several bindings may be on their way to the disk at once.
public final class SchedulerLoop implements Reconciler {
    private static final int HANDS = 24;
    private static final ObjectKey FIRST = hand(0);
    private static final Set<String> HELD = Set.of("VolumeBinding", "held");
    private static final Duration MEASURES_HOLD = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final Informer<Pod> pods;
    private final InstantSource time;
    private final EventRecorder events;
    private final Supplier<List<NodeUse>> uses;
    private final PodQueue queue = new PodQueue();
    private final AtomicInteger turn = new AtomicInteger();
    private final Scheduling scheduling;
    private final Preemptor preemptor;
    private final Verdicts verdicts;
    private final ClaimBinding claims;
    private final Loop loop;
    private volatile Instant measured = Instant.MIN;

    private SchedulerLoop(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            EventRecorder events,
            Supplier<List<NodeUse>> uses) {
        this.cluster = cluster;
        this.pods = informers.of(Pod.class);
        this.time = time;
        this.events = events;
        this.uses = uses;
        this.loop = new Loop("scheduler", this, informers, time);
        this.verdicts = new Verdicts(cluster, time, events);
        this.scheduling = new Scheduling(this::tell);
        this.claims = new ClaimBinding(cluster, informers, scheduling);
        this.preemptor = new Preemptor(cluster, informers, time, events, scheduling);
        scheduling.follow(informers);
        pods.listen(this::offer);
    }

    /// The loop, and the picture it keeps.
    public record Started(Loop loop, Scheduling scheduling) {}

    /// @param uses what nodes are seen to use
    public static Started loop(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            EventRecorder events,
            Supplier<List<NodeUse>> uses) {
        var scheduler = new SchedulerLoop(cluster, informers, time, events, uses);
        return new Started(scheduler.loop, scheduler.scheduling);
    }

    @Override
    public Outcome reconcile(ObjectKey hand) {
        var taken = queue.take(time.instant());
        if (taken.isPresent()) {
            var waiting = taken.get();
            boolean settled = false;
            try {
                schedule(waiting);
                settled = true;
            } finally {
                if (!settled) {
                    queue.again(waiting);
                }
            }
        }
        return hand.equals(FIRST) || taken.isPresent() ? untilNext() : Outcome.SETTLED;
    }

    private Outcome untilNext() {
        var now = time.instant();
        return queue.next(now)
                .map(at -> Duration.between(now, at))
                .map(wait -> Outcome.again(wait.isNegative() ? Duration.ZERO : wait))
                .orElse(Outcome.SETTLED);
    }

    private void schedule(Waiting waiting) {
        var found = pods.get(waiting.key()).filter(SchedulerLoop::waits);
        if (found.isEmpty()) {
            queue.done(waiting);
            return;
        }
        measure();
        var pod = found.get();
        var wanted = PodView.of(pod);
        switch (scheduling.place(wanted, pod.getMetadata().getUid())) {
            case Placement.On(var node) -> {
                switch (claims.prepare(wanted, node)) {
                    case READY -> {
                        queue.placed(waiting);
                        bind(waiting, pod, node);
                    }
                    case WAITS -> hold(waiting, wanted);
                    case CONFLICT -> {
                        scheduling.forget(pod);
                        queue.again(waiting);
                    }
                }
            }
            case Placement.Nowhere nowhere -> refuse(waiting, pod, wanted, nowhere);
        }
    }

    /// Its place stays counted while its claims are bound.
    private void hold(Waiting waiting, PodView wanted) {
        var alike = new Alike(wanted.shape(), HELD, wanted.placeOn(), null);
        queue.held(waiting, alike, time.instant(), scheduling::helps);
    }

    private void bind(Waiting waiting, Pod pod, String node) {
        Written<Pod> written = new Written.Conflict<>("not tried");
        try {
            written = cluster.bind(pod, node);
        } finally {
            if (!written.done()) {
                scheduling.forget(pod);
            }
        }
        switch (written) {
            case Written.Done<Pod> _ -> {
                queue.done(waiting);
                events.normal(
                        pod,
                        "Scheduled",
                        "Successfully assigned %s to %s".formatted(ObjectKey.of(pod), node));
            }
            case Written.Conflict<Pod> _ -> queue.again(waiting);
            case Written.Refused<Pod>(_, var why) -> {
                events.warning(pod, "FailedScheduling", "binding rejected: " + why);
                var alike = new Alike(PodView.of(pod).shape(), Set.of(), null, null);
                queue.failed(waiting, alike, time.instant(), scheduling::helps);
            }
        }
    }

    private void refuse(Waiting waiting, Pod pod, PodView wanted, Placement.Nowhere nowhere) {
        var attempt =
                nowhere.nodes() == 0
                        ? new Preemptor.Attempt(null, "")
                        : preemptor.attempt(pod, wanted);
        var message = (nowhere.message() + " " + attempt.message()).strip();
        if (verdicts.unschedulable(pod, message, attempt.nominated())) {
            var alike =
                    new Alike(
                            wanted.shape(),
                            nowhere.plugins(),
                            wanted.placeOn(),
                            attempt.nominated());
            queue.failed(waiting, alike, time.instant(), scheduling::helps);
        } else {
            queue.again(waiting);
        }
    }

    /// Takes in what nodes are seen to use, every now and then.
    private void measure() {
        var now = time.instant();
        if (measured.isBefore(now.minus(MEASURES_HOLD))) {
            measured = now;
            scheduling.use(uses.get());
        }
    }

    private void offer(Change<Pod> change) {
        var pod = change.object();
        if (change instanceof Change.Put && waits(pod)) {
            queue.offer(PodView.of(pod), Instant.parse(pod.getMetadata().getCreationTimestamp()));
            loop.mark(hand(Math.floorMod(turn.getAndIncrement(), HANDS)));
        } else {
            queue.remove(ObjectKey.of(pod));
        }
    }

    private void tell(News news) {
        if (queue.tell(news, scheduling::helps)) {
            loop.mark(FIRST);
        }
    }

    private static ObjectKey hand(int number) {
        return ObjectKey.of("hand-" + number);
    }

    private static boolean waits(Pod pod) {
        var gates = pod.getSpec().getSchedulingGates();
        return PodState.node(pod) == null && PodState.active(pod) && gates.isEmpty();
    }
}
