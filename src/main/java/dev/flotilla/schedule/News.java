package dev.flotilla.schedule;

import dev.flotilla.schedule.facts.Shape;

/// What happened that may help a pod that found no node.
public sealed interface News {
    /// A node came, went, or says other things of itself.
    record NodeChanged(String node) implements News {}

    /// A pod stands on a node now.
    record PodCame(Shape pod, String node) implements News {}

    /// A pod is about to go, or takes no room any more.
    record PodWent(Shape pod, String node) implements News {}

    /// Claims, volumes or classes of storage are others.
    record StorageChanged() implements News {}

    /// A namespace is labeled otherwise.
    record NamespaceChanged() implements News {}
}
