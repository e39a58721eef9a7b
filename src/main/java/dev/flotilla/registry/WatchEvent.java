package dev.flotilla.registry;

import tools.jackson.databind.node.ObjectNode;

/// One change as a watcher sees it.
///
/// @param shown the object as it is, or when deleted as it last was; its resourceVersion is
///   `revision`
public record WatchEvent(Type type, Shown shown, long revision) {
    public ObjectNode object() {
        return shown.tree();
    }

    /// What happened, as seen through the watcher's selector.
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
