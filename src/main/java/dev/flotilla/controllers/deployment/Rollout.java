package dev.flotilla.controllers.deployment;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The arithmetic of a rollout, as Kubernetes does it.
///
/// @param current the set of the template of now
/// @param old the other sets, oldest first
record Rollout(Bounds bounds, Stock current, List<Stock> old) {

    /// A set and the size it is to have.
    record Resize(ReplicaSet set, int size) {}

    /// The size that the current set may have now: it grows while the surge allows.
    ///
    /// @param most how many pods there are or may be at any moment, all sets together
    static int grown(Bounds bounds, int size, int most) {
        if (size >= bounds.desired()) {
            return bounds.desired();
        }
        int room = Math.max(0, bounds.most() - most);
        return size + Math.min(room, bounds.desired() - size);
    }

    /// The next step of a rolling update: the current set grows, else the old ones shrink.
    List<Resize> roll() {
        int most = all().stream().mapToInt(Stock::most).sum();
        int grown = grown(bounds, current.size(), most);
        return grown != current.size() ? List.of(new Resize(current.set(), grown)) : shrinkOld();
    }

    /// First what is not available anyway, oldest set first; then what the floor allows.
    private List<Resize> shrinkOld() {
        int total = all().stream().mapToInt(Stock::size).sum();
        int pending = current.size() - current.sure();
        int allowed = total - bounds.least() - pending;
        if (allowed <= 0) {
            return List.of();
        }
        var sizes = new LinkedHashMap<Stock, Integer>();
        old.forEach(stock -> sizes.put(stock, stock.size()));
        int removed = shrinkIdle(sizes, allowed);
        int spare = all().stream().mapToInt(Stock::sure).sum() - bounds.least();
        shrinkSure(sizes, Math.min(spare, allowed - removed));
        return resizes(sizes).stream().filter(r -> r.size() != Revisions.size(r.set())).toList();
    }

    private static int shrinkIdle(Map<Stock, Integer> sizes, int allowed) {
        int removed = 0;
        for (var entry : sizes.entrySet()) {
            int idle = entry.getValue() - entry.getKey().sure();
            int less = Math.min(idle, allowed - removed);
            entry.setValue(entry.getValue() - less);
            removed += less;
        }
        return removed;
    }

    private static void shrinkSure(Map<Stock, Integer> sizes, int allowed) {
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
        var stocks = new ArrayList<>(all());
        stocks.removeIf(stock -> stock.size() == 0);
        int allowed = bounds.desired() > 0 ? bounds.most() : 0;
        int toAdd = allowed - stocks.stream().mapToInt(Stock::size).sum();
        if (toAdd == 0) {
            return stocks.stream().map(s -> new Resize(s.set(), s.size())).toList();
        }
        var byAge = toAdd > 0 ? Revisions.BY_AGE.reversed() : Revisions.BY_AGE;
        stocks.sort(
                Comparator.comparingInt(Stock::size).reversed().thenComparing(Stock::set, byAge));
        var sizes = new LinkedHashMap<Stock, Integer>();
        int added = 0;
        for (var stock : stocks) {
            int share = bounded(share(stock.set(), totalBefore), toAdd - added);
            sizes.put(stock, stock.size() + share);
            added += share;
        }
        if (!stocks.isEmpty()) {
            int leftover = toAdd - added;
            sizes.computeIfPresent(stocks.getFirst(), (_, size) -> Math.max(0, size + leftover));
        }
        return resizes(sizes);
    }

    private int share(ReplicaSet set, int totalBefore) {
        if (bounds.desired() == 0) {
            return -Revisions.size(set);
        }
        int noted = Revisions.number(set, Revisions.MAX).orElse(0);
        int before = noted == 0 ? totalBefore : noted;
        if (before == 0) {
            return 0;
        }
        long size = Revisions.size(set);
        return (int) (Math.round((double) size * bounds.most() / before) - size);
    }

    /// @param left what is still to be added, or if negative removed; nothing once that is done
    private static int bounded(int share, int left) {
        return switch (Integer.signum(left)) {
            case 1 -> Math.min(share, left);
            case -1 -> Math.max(share, left);
            default -> 0;
        };
    }

    private static List<Resize> resizes(Map<Stock, Integer> sizes) {
        return sizes.entrySet().stream()
                .map(e -> new Resize(e.getKey().set(), e.getValue()))
                .toList();
    }

    private List<Stock> all() {
        var all = new ArrayList<>(old);
        all.add(current);
        return all;
    }
}
