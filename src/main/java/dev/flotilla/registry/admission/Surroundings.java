package dev.flotilla.registry.admission;

import io.fabric8.kubernetes.api.model.HasMetadata;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// What a step may look at, and not change: everything that is there now.
public interface Surroundings {
    /// @param namespace empty for a cluster-scoped kind
    Optional<ObjectNode> get(Class<? extends HasMetadata> kind, String namespace, String name);

    /// @param namespace empty for all
    List<ObjectNode> list(Class<? extends HasMetadata> kind, String namespace);

    /// Whether someone holds that of which there is only one, such as an address.
    boolean claimed(String claim);

    /// A number from 0 to below `bound`, by chance.
    long draw(long bound);
}
