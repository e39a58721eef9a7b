package dev.flotilla.controllers;

import static dev.flotilla.controllers.Revisions.size;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The arithmetic of a rollout, as Kubernetes does it.
///
/// @param current the set of the template of now
/// @param old the other sets, oldest first
record Rollout(Bounds bounds, ReplicaSet current, List<ReplicaSet> old) {

    /// A set and the size it is to have.
    record Resize(ReplicaSet set, int size) {}

    /// The size that the current set may have now: it grows while the surge allows.
    static int grown(Bounds bounds, int size, int total) {
        if (size >= bounds.desired()) {
            return bounds.desired();
        }
        int room = Math.max(0, bounds.most() - total);
        return size + Math.min(room, bounds.desired() - size);
    }

    /// The next step of a rolling update: the current set grows, else the old ones shrink.
    List<Resize> roll() {
        int grown = grown(bounds, size(current), total());
        return grown != size(current) ? List.of(new Resize(current, grown)) : shrinkOld();
    }

    /// First what is not available anyway, oldest set first; then what the floor allows.
    private List<Resize> shrinkOld() {
        int pending = size(current) - Revisions.available(current);
        int allowed = total() - bounds.least() - pending;
        if (allowed <= 0) {
            return List.of();
        }
        var sizes = new LinkedHashMap<ReplicaSet, Integer>();
        old.forEach(set -> sizes.put(set, size(set)));
        int removed = shrinkUnavailable(sizes, allowed);
        int spare = available() - bounds.least();
        shrinkAvailable(sizes, Math.min(spare, allowed - removed));
        return changes(sizes);
    }

    private static int shrinkUnavailable(Map<ReplicaSet, Integer> sizes, int allowed) {
        int removed = 0;
        for (var entry : sizes.entrySet()) {
            int idle = Math.max(0, entry.getValue() - Revisions.available(entry.getKey()));
            int less = Math.min(idle, allowed - removed);
            entry.setValue(entry.getValue() - less);
            removed += less;
        }
        return removed;
    }

    private static void shrinkAvailable(Map<ReplicaSet, Integer> sizes, int allowed) {
        int left = Math.max(0, allowed);
        for (var entry : sizes.entrySet()) {
            int less = Math.min(entry.getValue(), left);
            entry.setValue(entry.getValue() - less);
            left -= less;
        }
    }

    /// What a change of the wished size does in the middle of a rollout: every set that has pods
    /// grows or shrinks by its share, and what rounding leaves goes to the largest.
    List<Resize> proportion(int totalBefore) {
        var sets = new ArrayList<>(all());
        sets.removeIf(set -> size(set) == 0);
        int allowed = bounds.desired() > 0 ? bounds.most() : 0;
        int toAdd = allowed - sets.stream().mapToInt(Revisions::size).sum();
        if (toAdd == 0) {
            return sets.stream().map(s -> new Resize(s, size(s))).toList();
        }
        var byAge = toAdd > 0 ? Revisions.BY_AGE.reversed() : Revisions.BY_AGE;
        sets.sort(Comparator.comparingInt(Revisions::size).reversed().thenComparing(byAge));
        var sizes = new LinkedHashMap<ReplicaSet, Integer>();
        int added = 0;
        for (var set : sets) {
            int share = bounded(share(set, totalBefore), toAdd - added);
            sizes.put(set, size(set) + share);
            added += share;
        }
        if (!sets.isEmpty()) {
            int leftover = toAdd - added;
            sizes.computeIfPresent(sets.getFirst(), (_, size) -> Math.max(0, size + leftover));
        }
        return sizes.entrySet().stream().map(e -> new Resize(e.getKey(), e.getValue())).toList();
    }

    private int share(ReplicaSet set, int totalBefore) {
        if (bounds.desired() == 0) {
            return -size(set);
        }
        int before = Revisions.number(set, Revisions.MAX).orElse(totalBefore);
        if (before == 0) {
            return 0;
        }
        return (int) Math.round((double) size(set) * bounds.most() / before) - size(set);
    }

    private static int bounded(int share, int left) {
        return left > 0 ? Math.min(share, left) : Math.max(share, left);
    }

    private static List<Resize> changes(Map<ReplicaSet, Integer> sizes) {
        return sizes.entrySet().stream()
                .filter(e -> !Objects.equals(size(e.getKey()), e.getValue()))
                .map(e -> new Resize(e.getKey(), e.getValue()))
                .toList();
    }

    private List<ReplicaSet> all() {
        var all = new ArrayList<>(old);
        all.add(current);
        return all;
    }

    private int total() {
        return all().stream().mapToInt(Revisions::size).sum();
    }

    private int available() {
        return all().stream().mapToInt(Revisions::available).sum();
    }
}
