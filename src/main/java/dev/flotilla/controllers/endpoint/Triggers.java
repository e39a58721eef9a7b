package dev.flotilla.controllers.endpoint;

import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Service;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// When that happened which a Service tells next: the earliest change of readiness of its pods
/// since the last look, or its own creation at the first. Whoever measures how long it takes until
/// the proxies know of a change begins there.
final class Triggers {
    private final Map<ObjectKey, Map<String, Instant>> last = new ConcurrentHashMap<>();

    /// Empty when no pod's readiness changed.
    Optional<Instant> since(Service service, List<Pod> pods) {
        var now = new HashMap<String, Instant>();
        for (var pod : pods) {
            PodState.condition(pod, "Ready")
                    .map(PodCondition::getLastTransitionTime)
                    .flatMap(PodState::time)
                    .ifPresent(at -> now.put(pod.getMetadata().getName(), at));
        }
        var known = last.put(ObjectKey.of(service), now);
        if (known == null) {
            return PodState.time(service.getMetadata().getCreationTimestamp());
        }
        return now.entrySet().stream()
                .filter(e -> e.getValue().isAfter(known.getOrDefault(e.getKey(), Instant.MIN)))
                .map(Map.Entry::getValue)
                .min(Instant::compareTo);
    }

    void forget(ObjectKey service) {
        last.remove(service);
    }
}
