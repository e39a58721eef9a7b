package dev.flotilla.registry.kinds.limits;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;

final class PriorityClasses implements Kind {
    private static final ResourceType TYPE =
            Types.of("scheduling.k8s.io/v1", "priorityclasses", PriorityClass.class)
                    .shortNames("pc")
                    .clusterScoped()
                    .build();
    private static final String SYSTEM = "system-";
    private static final long HIGHEST_OF_PEOPLE = 1_000_000_000;
    private static final Map<String, Long> OF_THE_SYSTEM =
            Map.of(
                    "system-node-critical",
                    2_000_001_000L,
                    "system-cluster-critical",
                    2_000_000_000L);

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public void defaults(ObjectNode object) {
        Tree.setDefault(object, "preemptionPolicy", "PreemptLowerPriority");
        Tree.setDefault(object, "value", 0);
    }

    /// It is the first generation for good.
    @Override
    public void prepareCreate(ObjectNode object) {
        Tree.child(object, "metadata").put("generation", 1);
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var name = Tree.text(object, "metadata", "name");
        long value = Tree.number(object, 0, "value");
        if (name.startsWith(SYSTEM)) {
            system(object, name, value, problems);
        } else if (value > HIGHEST_OF_PEOPLE) {
            problems.forbidden(
                    "value",
                    "maximum allowed value of a user defined priority is " + HIGHEST_OF_PEOPLE);
        }
        var policies = List.of("PreemptLowerPriority", "Never");
        if (!policies.contains(Tree.text(object, "preemptionPolicy"))) {
            problems.notOneOf("preemptionPolicy", Tree.text(object, "preemptionPolicy"), policies);
        }
    }

    private static void system(ObjectNode object, String name, long value, Problems problems) {
        var known = OF_THE_SYSTEM.get(name);
        var why =
                known == null
                        ? name + " is not a known system priority class"
                        : known != value
                                ? "value of %s PriorityClass must be %d".formatted(name, known)
                                : Tree.isTrue(object, "globalDefault")
                                        ? "globalDefault of %s PriorityClass must be false"
                                                .formatted(name)
                                        : "";
        if (!why.isEmpty()) {
            problems.forbidden(
                    "metadata.name",
                    "priority class names with 'system-' prefix are reserved for system use only."
                            + " error: "
                            + why);
        }
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        if (Tree.number(before, 0, "value") != Tree.number(after, 0, "value")) {
            problems.forbidden("value", "may not be changed in an update.");
        }
        Counts.immutable(before, after, "", problems, "preemptionPolicy");
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.integer(
                        "Value", "The more the sooner.", (o, _) -> Tree.number(o, 0, "value")),
                new Column(
                        "Global-Default",
                        "boolean",
                        "",
                        "Whether pods get it that name none.",
                        0,
                        (o, _) -> Tree.isTrue(o, "globalDefault")),
                Column.AGE,
                Column.text(
                        "PreemptionPolicy",
                        "Whether others have to make room.",
                        (o, _) -> Tree.text(o, "preemptionPolicy")));
    }
}
