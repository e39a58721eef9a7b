package dev.flotilla.cluster;

import dev.flotilla.model.ObjectKey;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which keys are due when, each once, and never one that is in work. Not safe for threads by
/// itself: [Loop] guards it.
final class Agenda {
    private static final int MANY = 1_000;

    private final TreeSet<Due> order = new TreeSet<>();
    private final Map<ObjectKey, Due> waiting = new HashMap<>();
    private final Map<ObjectKey, Instant> afterWork = new HashMap<>();
    private final Set<ObjectKey> inWork = new HashSet<>();
    private final Map<ObjectKey, Instant> resting = new HashMap<>();
    private long sequence;

    /// Makes `key` due at `wanted` or when it has rested, or leaves it where it is if that is
    /// sooner.
    void add(ObjectKey key, Instant wanted) {
        if (inWork.contains(key)) {
            afterWork.merge(key, wanted, Agenda::sooner);
            return;
        }
        var rested = resting.get(key);
        var at = rested == null || rested.isBefore(wanted) ? wanted : rested;
        var known = waiting.get(key);
        if (known == null || at.isBefore(known.at)) {
            if (known != null) {
                order.remove(known);
            }
            var due = new Due(at, sequence++, key);
            order.add(due);
            waiting.put(key, due);
        }
    }

    /// The key that is due longest, if any is due; in work until [#done].
    Optional<ObjectKey> take(Instant now) {
        if (order.isEmpty() || order.first().at.isAfter(now)) {
            return Optional.empty();
        }
        var key = order.removeFirst().key;
        waiting.remove(key);
        resting.remove(key);
        inWork.add(key);
        return Optional.of(key);
    }

    void done(ObjectKey key) {
        inWork.remove(key);
        again(key);
    }

    /// Done, and not to be looked at again before `rested`.
    void done(ObjectKey key, Instant rested) {
        inWork.remove(key);
        if (resting.size() >= MANY) {
            resting.values().removeIf(rested::isAfter);
        }
        resting.put(key, rested);
        again(key);
    }

    private void again(ObjectKey key) {
        var at = afterWork.remove(key);
        if (at != null) {
            add(key, at);
        }
    }

    Optional<Instant> next() {
        return order.isEmpty() ? Optional.empty() : Optional.of(order.first().at);
    }

    private static Instant sooner(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /// @param sequence first come, first served among those due at the same moment
    private record Due(Instant at, long sequence, ObjectKey key) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
