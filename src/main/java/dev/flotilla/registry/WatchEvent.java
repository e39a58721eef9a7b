package dev.flotilla.registry;

import tools.jackson.databind.node.ObjectNode;

/// One change as a watcher sees it.
///
/// @param object as it is, or when deleted as it last was; its resourceVersion is `revision`
public record WatchEvent(Type type, ObjectNode object, long revision) {
    /// What happened, as seen through the watcher's selector.
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
