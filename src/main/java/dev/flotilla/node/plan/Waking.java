package dev.flotilla.node.plan;

import dev.flotilla.node.Shape;
import dev.flotilla.node.memory.Facts;
import dev.flotilla.node.memory.Trouble;

import io.fabric8.kubernetes.api.model.Pod;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// When a pod is to be looked at again though nothing happens to it.
public final class Waking {
    private Waking() {}

    /// When a trouble is due to be tried again or is called by its other name, a container may
    /// start again, the pod's time is over, or something that it holds is to be replaced.
    public static Optional<Instant> of(Pod pod, Facts facts, Wanted wanted, Instant now) {
        var troubles =
                facts.tracks().values().stream()
                        .map(t -> t.trouble())
                        .filter(Objects::nonNull)
                        .map((Trouble t) -> t.nextChange(now));
        var starts =
                Shape.containers(pod).stream()
                        .map(c -> facts.track(c.getName()).startsAt(Shape.hasPostStart(c)))
                        .filter(Objects::nonNull);
        var others = Stream.of(Optional.ofNullable(wanted.renewal()), Deadline.of(pod));
        return Stream.concat(Stream.concat(troubles, starts), others.flatMap(Optional::stream))
                .filter(at -> at.isAfter(now))
                .min(Instant::compareTo);
    }
}
