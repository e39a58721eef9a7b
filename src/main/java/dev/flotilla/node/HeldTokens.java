package dev.flotilla.node;

import dev.flotilla.cluster.PodTokens;
import dev.flotilla.cluster.PodTokens.Answer;
import dev.flotilla.cluster.PodTokens.Issued;

import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// The tokens that pods hold, each asked for anew when four fifths of its life are over.
final class HeldTokens {
    private static final Duration LONGEST = Duration.ofHours(24);

    /// How often those are dropped that have ended.
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final PodTokens source;
    private final InstantSource time;
    private final Map<Asked, Held> held = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> swept = new AtomicReference<>(Instant.EPOCH);

    HeldTokens(PodTokens source, InstantSource time) {
        this.source = source;
        this.time = time;
    }

    /// @param renewal when the next one is due
    record Held(Answer answer, Instant renewal, Instant end) {}

    private record Asked(String uid, @Nullable String audience, Duration lifetime) {}

    Held of(Pod pod, @Nullable String audience, Duration lifetime) {
        var now = time.instant();
        var asked = new Asked(pod.getMetadata().getUid(), audience, lifetime);
        var known = held.get(asked);
        if (known != null && now.isBefore(known.renewal())) {
            return known;
        }
        sweep(now);
        var answer = source.issue(pod, audience, lifetime);
        if (!(answer instanceof Issued(_, var expires))) {
            return new Held(answer, now, now);
        }
        var life = Duration.between(now, expires);
        var fresh = life.multipliedBy(4).dividedBy(5);
        var renewal = now.plus(fresh.compareTo(LONGEST) < 0 ? fresh : LONGEST);
        var next = new Held(answer, renewal, expires);
        held.put(asked, next);
        return next;
    }

    private void sweep(Instant now) {
        var last = swept.get();
        if (!now.isBefore(last.plus(SWEEP)) && swept.compareAndSet(last, now)) {
            held.values().removeIf(h -> !now.isBefore(h.end()));
        }
    }
}
