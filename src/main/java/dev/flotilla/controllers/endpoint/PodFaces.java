package dev.flotilla.controllers.endpoint;

import dev.flotilla.cluster.Change;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Remembers how pods looked, so that a Service hears of a pod that it selected and no longer does,
/// and of no change that it would not tell.
final class PodFaces {
    private final Selection selection;
    private final Map<ObjectKey, PodFace> seen = new ConcurrentHashMap<>();

    PodFaces(Selection selection) {
        this.selection = selection;
    }

    /// The Services that a change of a pod may change.
    Set<ObjectKey> concerned(Change<Pod> change) {
        var key = ObjectKey.of(change.object());
        var now = PodFace.of(change.object());
        boolean gone = change instanceof Change.Deleted;
        var was = gone ? seen.remove(key) : seen.put(key, now);
        if (!gone && now.equals(was)) {
            return Set.of();
        }
        return Stream.concat(services(key, now), services(key, was)).collect(Collectors.toSet());
    }

    private Stream<ObjectKey> services(ObjectKey pod, @Nullable PodFace face) {
        return face == null ? Stream.of() : selection.services(pod.namespace(), face.labels());
    }
}
