package dev.flotilla.node.sync;

import dev.flotilla.cluster.Outcome;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.memory.Facts;
import dev.flotilla.node.plan.Wanted;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The looks at pods after which nothing was left to do or to tell. One that sees the same again is
/// a short one: each status that is written brings a look about.
public final class Looks {
    private final Map<String, Settled> byUid = new ConcurrentHashMap<>();

    /// All that a look goes by.
    ///
    /// @param revision of the pod
    record Look(String revision, List<ContainerState> containers, Facts facts, Wanted volumes) {
        Look at(String later) {
            return new Look(later, containers, facts, volumes);
        }
    }

    /// @param until when time alone changes something; null for never
    private record Settled(Look look, @Nullable Instant until) {}

    /// What comes of the look if it sees nothing new.
    Optional<Outcome> known(String podUid, Look look, Instant now) {
        var last = byUid.get(podUid);
        if (last == null || !last.look.equals(look)) {
            return Optional.empty();
        }
        if (last.until == null) {
            return Optional.of(Outcome.SETTLED);
        }
        return now.isBefore(last.until)
                ? Optional.of(Outcome.again(Duration.between(now, last.until)))
                : Optional.empty();
    }

    /// Nothing is left to do or to tell until then.
    void settled(String podUid, Look look, Optional<Instant> until) {
        byUid.put(podUid, new Settled(look, until.orElse(null)));
    }

    /// Nothing of the pod is left.
    void forget(String podUid) {
        byUid.remove(podUid);
    }
}
