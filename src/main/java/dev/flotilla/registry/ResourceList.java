package dev.flotilla.registry;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Objects of one kind at one moment, in the order of namespace and name.
///
/// @param revision the moment; a watch since this revision misses nothing and repeats nothing
/// @param continueToken for the next part, empty if this was the last
/// @param remaining how many objects come after this part; -1 if that was not counted
public record ResourceList(
        long revision, List<Shown> objects, String continueToken, long remaining) {

    /// As trees, the caller's own to change.
    public List<ObjectNode> items() {
        return objects.stream().map(Shown::tree).toList();
    }
}
