package dev.flotilla.registry.kinds.apps;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Locale;

/// What a set's template once was, so that the set can go back to it.
final class ControllerRevisions implements Kind {
    private static final ResourceType TYPE =
            Types.of("apps/v1", "controllerrevisions", ControllerRevision.class).build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public void defaults(ObjectNode object) {
        Tree.setDefault(object, "revision", 0);
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        if (!Tree.has(object, "data")) {
            problems.required("data", "data is mandatory");
        }
        long revision = Tree.number(object, 0, "revision");
        if (revision < 0) {
            problems.invalid("revision", revision, "must be greater than or equal to 0");
        }
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        Counts.immutable(before, after, "", problems, "data");
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Controller", "Whose revision it is.", (o, _) -> controller(o)),
                Column.text(
                        "Revision",
                        "Which one of its owner's, counted up.",
                        (o, _) -> Tree.number(o, 0, "revision")),
                Column.AGE);
    }

    private static String controller(ObjectNode object) {
        return Tree.objects(object, "metadata", "ownerReferences").stream()
                .filter(o -> Tree.isTrue(o, "controller"))
                .findFirst()
                .map(ControllerRevisions::named)
                .orElse("<none>");
    }

    /// Such as `statefulset.apps/web`.
    private static String named(ObjectNode owner) {
        var version = Tree.text(owner, "apiVersion");
        int slash = version.indexOf('/');
        var group = slash < 0 ? "" : "." + version.substring(0, slash);
        return (Tree.text(owner, "kind") + group).toLowerCase(Locale.ROOT)
                + "/"
                + Tree.text(owner, "name");
    }
}
