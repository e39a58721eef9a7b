package dev.flotilla.server.call;

import dev.flotilla.registry.DeleteOptions;

import tools.jackson.databind.node.ObjectNode;

/// What a deletion asks for.
///
/// @param insists whether it said, in the older way, that what the object owns must go too; who
///   does is told when that takes longer
public record Deletion(DeleteOptions options, boolean insists) {

    /// The HTTP status of its answer.
    ///
    /// @param answer a Status if the object is gone
    public int code(ObjectNode answer) {
        var stays =
                !answer.path("kind").asString("").equals("Status")
                        && answer.path("metadata").hasNonNull("deletionTimestamp");
        return insists && stays ? 202 : 200;
    }
}
