package dev.flotilla.node.memory;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.PodLabels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the engine showed lately, by pod. A pod that something happened to is asked for again; all
/// others are answered from here. Guarded by its own monitor, which is not held while asking.
public final class Observed {
    private final ContainerRuntime runtime;
    private final String cluster;
    private final Map<String, Entry> byUid = new HashMap<>();

    /// Counts everything that made an entry stale, so that an older answer never looks fresh.
    private long happenings;

    /// @param cluster only containers with this [PodLabels#CLUSTER] are ours
    public Observed(ContainerRuntime runtime, String cluster) {
        this.runtime = runtime;
        this.cluster = cluster;
    }

    /// The containers of a pod; asks the engine if what is known is stale.
    public List<ContainerState> of(String podUid) {
        long before;
        synchronized (this) {
            var known = byUid.get(podUid);
            if (known != null && known.fresh) {
                return known.states;
            }
            before = happenings;
        }
        var states = ours(runtime.containers(podUid));
        synchronized (this) {
            take(podUid, states, before);
        }
        return states;
    }

    /// Something happened to the pod: it is asked for again when it is wanted next.
    public synchronized void stale(String podUid) {
        happenings++;
        var entry = byUid.computeIfAbsent(podUid, _ -> new Entry());
        entry.fresh = false;
        entry.since = happenings;
    }

    /// Nothing of the pod is left.
    public synchronized void forget(String podUid) {
        byUid.remove(podUid);
    }

    /// What is known of a container, by its id.
    public synchronized Map<String, ContainerState> byContainerId() {
        return byUid.values().stream()
                .flatMap(e -> e.states.stream())
                .collect(Collectors.toMap(ContainerState::id, s -> s, (a, _) -> a));
    }

    /// Asks for everything.
    public Relisted relist() {
        long before;
        synchronized (this) {
            before = happenings;
        }
        var all = runtime.containers();
        var now = ours(all).stream().collect(Collectors.groupingBy(PodLabels::uid));
        var changed = new TreeSet<ObjectKey>();
        synchronized (this) {
            var uids = new LinkedHashSet<>(byUid.keySet());
            uids.addAll(now.keySet());
            for (var uid : uids) {
                var entry = byUid.get(uid);
                var was = entry == null ? List.<ContainerState>of() : entry.states;
                var is = now.getOrDefault(uid, List.of());
                if (!Set.copyOf(was).equals(Set.copyOf(is))) {
                    was.forEach(s -> changed.add(PodLabels.pod(s)));
                    is.forEach(s -> changed.add(PodLabels.pod(s)));
                }
                take(uid, is, before);
            }
        }
        return new Relisted(all, changed);
    }

    private void take(String podUid, List<ContainerState> states, long askedAt) {
        var entry = byUid.computeIfAbsent(podUid, _ -> new Entry());
        if (entry.since <= askedAt) {
            entry.states = states;
            entry.fresh = true;
            entry.since = askedAt;
        }
    }

    private List<ContainerState> ours(List<ContainerState> all) {
        var ours = new ArrayList<ContainerState>();
        for (var state : all) {
            if (PodLabels.of(state, PodLabels.CLUSTER).equals(cluster)) {
                ours.add(state);
            }
        }
        return List.copyOf(ours);
    }

    /// @param all everything on the engine, also what belongs to another cluster
    /// @param changed pods that look different from before
    public record Relisted(List<ContainerState> all, Set<ObjectKey> changed) {}

    private static final class Entry {
        private List<ContainerState> states = List.of();
        private boolean fresh;
        private long since;
    }
}
