package dev.flotilla.node;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.Registry;
import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.WriteOptions;
import dev.flotilla.registry.tree.Tree;

/// What `kubectl debug` writes.
final class Visit {
    private Visit() {}

    /// One more container, which waits, looks at another of the pod.
    ///
    /// @param target empty for none
    static void of(Registry registry, String pod, String container, String target) {
        var type = registry.type("", "v1", "pods").orElseThrow();
        var key = new ObjectKey("default", pod);
        var object = registry.get(type, key, Subresource.NONE);
        var visitor =
                Tree.child(object, "spec")
                        .putArray("ephemeralContainers")
                        .addObject()
                        .put("name", container)
                        .put("image", "web:1");
        visitor.putArray("command").add("sleep").add("10000");
        if (!target.isEmpty()) {
            visitor.put("targetContainerName", target);
        }
        registry.update(type, key, Subresource.EPHEMERAL_CONTAINERS, object, WriteOptions.STRICT);
    }
}
