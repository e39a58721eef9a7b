package dev.flotilla.node.plan;

import dev.flotilla.cluster.PodToken;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where a pod's configuration is found.
public interface Lookup {
    Optional<ConfigMap> configMap(String namespace, String name);

    Optional<Secret> secret(String namespace, String name);

    /// The volume of a claim on its node; empty while it is bound to none.
    ///
    /// @param owned whether the claim has to be the pod's own
    /// @throws Environment.Missing if it is not
    Optional<NodeVolume> claimed(Pod pod, String claim, boolean owned);

    /// A PersistentVolume that lies in a folder.
    ///
    /// @param ours whether this cluster made it, and takes it away
    record NodeVolume(String name, String path, boolean ours) {}

    /// A token of the pod's service account; empty if none is given out here.
    ///
    /// @param audience null for the API server's own
    /// @param seconds how long it is good for, null for as long as is usual
    /// @throws Environment.Missing if it is refused
    Optional<Token> token(Pod pod, @Nullable String audience, @Nullable Long seconds);

    /// @param renewal when the pod is to get the next one
    record Token(PodToken token, Instant renewal) {}

    /// The services that a container of the pod is told of.
    List<Service> links(Pod pod);

    /// What an engine calls the runtime of that RuntimeClass; empty if there is no such class.
    Optional<String> runtimeHandler(String runtimeClass);
}
