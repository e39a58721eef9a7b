package dev.flotilla.node.memory;

import dev.flotilla.model.ObjectKey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The memories of one node's pods. A name may stand for several for a while: the pod that was, and
/// the one that took its name. Guarded by its own monitor.
public final class Memories {
    private final Map<ObjectKey, Map<String, PodMemory>> byName = new TreeMap<>();
    private final Map<String, PodMemory> byUid = new HashMap<>();
    private final Map<String, ObjectKey> names = new HashMap<>();

    /// Of that pod, from now on if there was none.
    public synchronized PodMemory of(ObjectKey pod, String uid) {
        return byUid.computeIfAbsent(
                uid,
                _ -> {
                    var memory = new PodMemory();
                    names.put(uid, pod);
                    byName.computeIfAbsent(pod, _ -> new TreeMap<>()).put(uid, memory);
                    return memory;
                });
    }

    /// Of that pod, if there is any.
    public synchronized Optional<PodMemory> find(String uid) {
        return Optional.ofNullable(byUid.get(uid));
    }

    /// The uids that go or went by this name.
    public synchronized List<String> uids(ObjectKey pod) {
        return List.copyOf(byName.getOrDefault(pod, Map.of()).keySet());
    }

    /// The name that a pod goes or went by.
    public synchronized Optional<ObjectKey> nameOf(String uid) {
        return Optional.ofNullable(names.get(uid));
    }

    /// The names of all pods that are remembered.
    public synchronized List<ObjectKey> names() {
        return List.copyOf(byName.keySet());
    }

    /// Lets go of a pod that is gone from the API and from the engine.
    public synchronized void forget(ObjectKey pod, String uid) {
        byUid.remove(uid);
        names.remove(uid);
        var named = byName.get(pod);
        if (named != null) {
            named.remove(uid);
            if (named.isEmpty()) {
                byName.remove(pod);
            }
        }
    }

    /// The node was started anew: what lay in its memory is gone.
    public void displaced() {
        List<PodMemory> all;
        synchronized (this) {
            all = List.copyOf(byUid.values());
        }
        all.forEach(PodMemory::displaced);
    }

    /// Lets go of what configuration held back in a namespace.
    public void configChanged(String namespace, Consumer<ObjectKey> waiting) {
        for (var name : names()) {
            if (name.namespace().equals(namespace)) {
                for (var uid : uids(name)) {
                    if (find(uid).filter(PodMemory::configChanged).isPresent()) {
                        waiting.accept(name);
                    }
                }
            }
        }
    }
}
