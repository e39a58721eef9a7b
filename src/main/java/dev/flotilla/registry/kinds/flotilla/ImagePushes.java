package dev.flotilla.registry.kinds.flotilla;

import dev.flotilla.model.ImagePush;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

final class ImagePushes implements Kind {
    private static final ResourceType TYPE =
            Types.of("flotilla.dev/v1alpha1", "imagepushes", ImagePush.class)
                    .clusterScoped()
                    .status()
                    .build();
    private static final List<String> SOURCES = List.of("engine", "archive", "node", "build", "vm");

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
        if (SOURCES.stream().filter(s -> Tree.has(object, "spec", s)).count() != 1) {
            problems.required(
                    "spec", "exactly one of `engine`, `archive`, `node`, `build` and `vm`");
            return;
        }
        if (Tree.has(object, "spec", "archive")) {
            required(object, "archive", "path", problems);
        } else if (Tree.text(object, "spec", "image").isBlank()) {
            problems.required("spec.image", "");
        }
        if (Tree.has(object, "spec", "node")) {
            required(object, "node", "name", problems);
        }
        if (Tree.has(object, "spec", "vm")) {
            required(object, "vm", "start", problems);
            if (Tree.text(object, "spec", "vm", "ssh", "host").isBlank()) {
                problems.required("spec.vm.ssh.host", "");
            }
        }
        if (Tree.has(object, "spec", "build")) {
            required(object, "build", "folder", problems);
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
                        "Image",
                        "The name it has on the nodes.",
                        (o, _) -> Tree.text(o, "spec", "image")),
                Column.text(
                        "Phase", "How far it has come.", (o, _) -> Tree.text(o, "status", "phase")),
                Column.text(
                        "Message",
                        "What it is at, or what failed.",
                        (o, _) -> Tree.text(o, "status", "message")),
                Column.AGE);
    }

    private static void required(
            ObjectNode object, String source, String field, Problems problems) {
        if (Tree.text(object, "spec", source, field).isBlank()) {
            problems.required("spec." + source + "." + field, "");
        }
    }
}
