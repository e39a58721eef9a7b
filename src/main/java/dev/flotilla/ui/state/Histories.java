package dev.flotilla.ui.state;

import dev.flotilla.model.ObjectKey;

import java.util.HashMap;
import java.util.Map;

/// What was measured lately, of each node, pod and app that is there. Belongs to the FX thread.
public final class Histories {
    private static final History NONE = new History();

    private final Map<String, History> nodes = new HashMap<>();
    private final Map<ObjectKey, History> pods = new HashMap<>();
    private final Map<ObjectKey, History> apps = new HashMap<>();

    void take(FleetState state) {
        var sums = new HashMap<ObjectKey, Use>();
        for (var node : state.nodes()) {
            if (node.use() != null) {
                nodes.computeIfAbsent(node.name(), _ -> new History()).add(node.use());
            }
        }
        for (var pod : state.pods()) {
            if (pod.use() != null) {
                pods.computeIfAbsent(pod.key(), _ -> new History()).add(pod.use());
                sums.merge(pod.app(), pod.use(), Use::plus);
            }
        }
        sums.forEach((app, use) -> apps.computeIfAbsent(app, _ -> new History()).add(use));
        if (nodes.size() > state.nodes().size()) {
            nodes.keySet().removeIf(n -> state.node(n).isEmpty());
        }
        if (pods.size() > state.pods().size()) {
            var there = new HashMap<ObjectKey, PodState>();
            state.pods().forEach(p -> there.put(p.key(), p));
            pods.keySet().retainAll(there.keySet());
        }
        if (apps.size() > state.apps().size()) {
            apps.keySet().removeIf(a -> !sums.containsKey(a) && state.app(a).isEmpty());
        }
    }

    /// Empty while nothing was measured.
    public History node(String name) {
        return nodes.getOrDefault(name, NONE);
    }

    /// Empty while nothing was measured.
    public History pod(ObjectKey key) {
        return pods.getOrDefault(key, NONE);
    }

    /// The sum over the app's pods; empty while nothing was measured.
    public History app(ObjectKey key) {
        return apps.getOrDefault(key, NONE);
    }
}
