package dev.flotilla.registry;

import dev.flotilla.registry.patch.MergePatch;
import dev.flotilla.registry.table.Tables;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/// What the API says to an object of one kind, as lines to compare.
record Verdicts(Fixture world, ResourceType type, ObjectNode base) {
    /// The problems of the base changed by a merge patch, as `field: message`; none if it is taken.
    List<String> ofCreate(String patch) {
        return problems(() -> world.create(type, patched(base, patch)));
    }

    /// The problems of a change of the object, which has to be there.
    List<String> ofChange(String patch) {
        return problems(() -> world.patch(type, name(), PatchType.MERGE, patch));
    }

    /// The problems of a new status of the object.
    List<String> ofStatus(String patch) {
        return problems(() -> status(patch));
    }

    ObjectNode status(String patch) {
        return world.registry.patch(
                type,
                Fixture.key(type, name()),
                Subresource.STATUS,
                PatchType.MERGE,
                Fixture.json(patch),
                WriteOptions.STRICT);
    }

    ObjectNode create(String patch) {
        return world.create(type, patched(base, patch));
    }

    ObjectNode change(String patch) {
        return world.patch(type, name(), PatchType.MERGE, patch);
    }

    /// `Name=value` of each cell of its row; in brackets when it is shown only wide.
    List<String> row(ObjectNode object) {
        var table = world.registry.table(type, List.of(object), true, Tables.Include.NONE);
        var cells = new ArrayList<String>();
        var columns = table.path("columnDefinitions");
        for (int i = 0; i < columns.size(); i++) {
            var cell =
                    columns.get(i).path("name").asString()
                            + "="
                            + table.at("/rows/0/cells/" + i).asString();
            cells.add(columns.get(i).path("priority").asInt() == 0 ? cell : "[" + cell + "]");
        }
        return cells;
    }

    private String name() {
        return Tree.text(base, "metadata", "name");
    }

    static List<String> problems(Runnable attempt) {
        try {
            attempt.run();
            return List.of();
        } catch (ApiFailure e) {
            var causes = new ArrayList<String>();
            e.status()
                    .path("details")
                    .path("causes")
                    .forEach(
                            c ->
                                    causes.add(
                                            c.path("field").asString("")
                                                    + ": "
                                                    + c.path("message").asString("")));
            return causes.isEmpty() ? List.of(String.valueOf(e.getMessage())) : causes;
        }
    }

    private static ObjectNode patched(ObjectNode base, String patch) {
        JsonNode changed = MergePatch.apply(base.deepCopy(), Fixture.json(patch));
        return (ObjectNode) changed;
    }
}
