package dev.flotilla.registry.kinds.flotilla;

import dev.flotilla.model.VolumeCopy;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

final class VolumeCopies implements Kind {
    private static final ResourceType TYPE =
            Types.of("flotilla.dev/v1alpha1", "volumecopies", VolumeCopy.class)
                    .clusterScoped()
                    .status()
                    .build();
    private static final List<String> WAYS = List.of("save", "restore");

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status").put("phase", "Pending");
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        for (var field : List.of("namespace", "claim")) {
            if (Tree.text(object, "spec", field).isBlank()) {
                problems.required("spec." + field, "");
            }
        }
        if (WAYS.stream().filter(w -> !Tree.text(object, "spec", w).isBlank()).count() != 1) {
            problems.required("spec", "exactly one of `save` and `restore`");
        }
    }

    /// It begins at once, so what it is about stays.
    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        if (!Tree.at(before, "spec").equals(Tree.at(after, "spec"))) {
            problems.forbidden("spec", "may not change: make another one");
        }
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Claim",
                        "Whose volume it is.",
                        (o, _) ->
                                Tree.text(o, "spec", "namespace")
                                        + "/"
                                        + Tree.text(o, "spec", "claim")),
                Column.text(
                        "Phase", "How far it has come.", (o, _) -> Tree.text(o, "status", "phase")),
                Column.text(
                        "Message",
                        "What is to be known of it.",
                        (o, _) -> Tree.text(o, "status", "message")),
                Column.AGE);
    }
}
