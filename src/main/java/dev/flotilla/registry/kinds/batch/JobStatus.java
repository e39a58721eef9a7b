package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Arrays;

/// A job's status as it was and as it is to be.
record JobStatus(ObjectNode before, ObjectNode after) {
    JsonNode was() {
        return Tree.at(before, "status");
    }

    JsonNode is() {
        return Tree.at(after, "status");
    }

    /// Whether any of the fields is another one now.
    boolean changed(String... fields) {
        return Arrays.stream(fields).anyMatch(f -> !Tree.same(Tree.at(was(), f), Tree.at(is(), f)));
    }

    /// Whether all of the conditions are met now.
    boolean met(String... types) {
        return Arrays.stream(types).allMatch(t -> met(is(), t));
    }

    boolean wasMet(String type) {
        return met(was(), type);
    }

    /// Whether any of the conditions is another one now.
    boolean turned(String... types) {
        return Arrays.stream(types).anyMatch(t -> met(was(), t) != met(is(), t));
    }

    boolean finished() {
        return met("Complete") || met("Failed");
    }

    /// Whether it was not finished and is now, or the other way round.
    boolean ends() {
        return finished() != (wasMet("Complete") || wasMet("Failed"));
    }

    boolean suspended() {
        return Tree.isTrue(after, "spec", "suspend");
    }

    boolean indexed() {
        return Tree.text(after, "spec", "completionMode").equals("Indexed");
    }

    private static boolean met(JsonNode status, String type) {
        return Tree.objects(status, "conditions").stream()
                .anyMatch(
                        c ->
                                Tree.text(c, "type").equals(type)
                                        && Tree.text(c, "status").equals("True"));
    }
}
