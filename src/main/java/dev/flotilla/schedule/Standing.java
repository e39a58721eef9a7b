package dev.flotilla.schedule;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.ClusterView.Bound;
import dev.flotilla.schedule.facts.PodView;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The pods that stand on nodes, and those for which room is kept there, by what is asked of them.
final class Standing {
    private static final int[] NONE = {};

    private final Map<ObjectKey, Bound> pods;
    private final Map<ObjectKey, Bound> reserved;

    /// Those that care which others are near; reserved ones, too.
    private final Map<ObjectKey, Bound> caring;

    /// How many pods mount each claim.
    private final Map<ObjectKey, Integer> mounts;

    private final Map<String, Replicas> replicas;

    /// How many pods have each priority.
    private final TreeMap<Integer, Integer> priorities;

    Standing() {
        pods = new HashMap<>();
        reserved = new TreeMap<>();
        caring = new LinkedHashMap<>();
        mounts = new HashMap<>();
        replicas = new HashMap<>();
        priorities = new TreeMap<>();
    }

    private Standing(Standing other) {
        pods = new HashMap<>(other.pods);
        reserved = new TreeMap<>(other.reserved);
        caring = new LinkedHashMap<>(other.caring);
        mounts = new HashMap<>(other.mounts);
        priorities = new TreeMap<>(other.priorities);
        replicas = new HashMap<>();
        other.replicas.forEach((owner, counts) -> replicas.put(owner, counts.copy()));
    }

    Standing copy() {
        return new Standing(this);
    }

    @Nullable Bound pod(ObjectKey key) {
        return pods.get(key);
    }

    /// All that stand, and all for which room is kept.
    Stream<Bound> all() {
        return Stream.concat(pods.values().stream(), reserved.values().stream());
    }

    Collection<Bound> pods() {
        return pods.values();
    }

    Collection<Bound> caring() {
        return caring.values();
    }

    boolean mounts(ObjectKey claim) {
        return mounts.containsKey(claim);
    }

    boolean anyBelow(int priority) {
        return !priorities.isEmpty() && priorities.firstKey() < priority;
    }

    /// How many pods of the owner there are at each place, leaving ones left out; none beyond its
    /// end.
    int[] replicas(String owner) {
        var known = replicas.get(owner);
        return known == null ? NONE : known.counts;
    }

    void add(Bound bound) {
        var shape = bound.pod().shape();
        pods.put(bound.pod().key(), bound);
        priorities.merge(shape.priority(), 1, Integer::sum);
        if (!shape.near().isEmpty()) {
            caring.put(bound.pod().key(), bound);
        }
        for (var use : shape.claims()) {
            mounts.merge(new ObjectKey(shape.namespace(), use.name()), 1, Integer::sum);
        }
        if (!bound.leaving() && !shape.owner().isEmpty()) {
            replicas.computeIfAbsent(shape.owner(), _ -> new Replicas()).add(bound.place(), 1);
        }
    }

    @Nullable Bound remove(ObjectKey key) {
        var bound = pods.remove(key);
        if (bound == null) {
            return null;
        }
        var shape = bound.pod().shape();
        caring.remove(key);
        priorities.computeIfPresent(shape.priority(), (_, count) -> count == 1 ? null : count - 1);
        for (var use : shape.claims()) {
            mounts.computeIfPresent(
                    new ObjectKey(shape.namespace(), use.name()),
                    (_, count) -> count == 1 ? null : count - 1);
        }
        if (!bound.leaving() && !shape.owner().isEmpty()) {
            replicas.computeIfPresent(
                    shape.owner(), (_, all) -> all.add(bound.place(), -1) == 0 ? null : all);
        }
        return bound;
    }

    void reserve(Bound bound) {
        reserved.put(bound.pod().key(), bound);
        if (!bound.pod().shape().near().isEmpty()) {
            caring.put(bound.pod().key(), bound);
        }
    }

    @Nullable Bound release(ObjectKey key) {
        var bound = reserved.remove(key);
        if (bound != null) {
            caring.remove(key);
        }
        return bound;
    }

    /// What is kept at that place for pods of a lower priority.
    List<Bound> reservedBelow(int priority, int place) {
        return reserved.values().stream()
                .filter(b -> b.place() == place && b.pod().shape().priority() < priority)
                .toList();
    }

    /// What is kept for the pod itself, and for pods of a lower priority.
    List<Bound> reservedBelow(PodView pod) {
        return reserved.isEmpty()
                ? List.of()
                : reserved.values().stream()
                        .filter(
                                b ->
                                        b.pod().shape().priority() < pod.shape().priority()
                                                || b.pod().key().equals(pod.key()))
                        .toList();
    }

    private static final class Replicas {
        private int[] counts = NONE;
        private int all;

        private Replicas copy() {
            var copy = new Replicas();
            copy.counts = counts.clone();
            copy.all = all;
            return copy;
        }

        private int add(int place, int sign) {
            if (place >= counts.length) {
                counts = Arrays.copyOf(counts, place + 1);
            }
            counts[place] += sign;
            all += sign;
            return all;
        }
    }
}
