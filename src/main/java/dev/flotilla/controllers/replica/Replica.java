package dev.flotilla.controllers.replica;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// One replica: a pod, and while the pod moves also its successor on the other node.
///
/// @param successor carries the mark [Marks#REPLACES] with the uid of `pod`
public record Replica(Pod pod, @Nullable Pod successor) {

    /// The replicas that the active pods make, in the order of `pods`. A successor whose pod no
    /// longer moves is a replica of its own.
    public static List<Replica> of(List<Pod> pods) {
        var active = pods.stream().filter(PodState::active).toList();
        var successors = successors(active);
        var paired = new HashSet<>(successors.values());
        return active.stream()
                .filter(p -> !paired.contains(p))
                .map(p -> new Replica(p, successors.get(p.getMetadata().getUid())))
                .toList();
    }

    /// By uid of the moving pod. A successor that is itself to move waits until it stands alone.
    private static Map<String, Pod> successors(List<Pod> active) {
        var moving = new HashSet<String>();
        active.stream()
                .filter(p -> note(p, Marks.MOVE_TO).isPresent())
                .forEach(p -> moving.add(p.getMetadata().getUid()));
        var successors = new HashMap<String, Pod>();
        for (var pod : active) {
            note(pod, Marks.REPLACES)
                    .filter(moving::contains)
                    .ifPresent(
                            uid -> {
                                if (successors.putIfAbsent(uid, pod) == null) {
                                    moving.remove(pod.getMetadata().getUid());
                                }
                            });
        }
        return successors;
    }

    Optional<String> movesTo() {
        return note(pod, Marks.MOVE_TO);
    }

    public List<Pod> pods() {
        var all = new ArrayList<Pod>();
        all.add(pod);
        if (successor != null) {
            all.add(successor);
        }
        return all;
    }

    public boolean ready() {
        return any(PodState::ready);
    }

    public boolean available(int minReadySeconds, Instant now) {
        return any(p -> PodState.available(p, minReadySeconds, now));
    }

    Stream<Duration> untilAvailable(int minReadySeconds, Instant now) {
        return pods().stream()
                .flatMap(p -> PodState.untilAvailable(p, minReadySeconds, now).stream())
                .filter(Duration::isPositive);
    }

    private boolean any(Predicate<Pod> test) {
        return test.test(pod) || (successor != null && test.test(successor));
    }

    static Optional<String> note(Pod pod, String mark) {
        return Optional.ofNullable(Owners.notes(pod).get(mark));
    }
}
