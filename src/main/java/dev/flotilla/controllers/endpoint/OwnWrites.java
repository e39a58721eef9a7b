package dev.flotilla.controllers.endpoint;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers what a loop wrote itself, so that it is not woken to find it as it wrote it. Hearing
/// of it before it is remembered costs a look, no more.
final class OwnWrites<T extends HasMetadata> {
    private final Map<ObjectKey, String> revisions = new ConcurrentHashMap<>();

    Written<T> remember(Written<T> written) {
        if (written instanceof Written.Done<T>(var object)) {
            revisions.put(ObjectKey.of(object), object.getMetadata().getResourceVersion());
        }
        return written;
    }

    /// Whether the change is news.
    boolean foreign(Change<T> change) {
        var key = ObjectKey.of(change.object());
        return switch (change) {
            case Change.Put<T>(_, var object) ->
                    !revisions.remove(key, object.getMetadata().getResourceVersion());
            case Change.Deleted<T> _ -> {
                revisions.remove(key);
                yield true;
            }
        };
    }
}
