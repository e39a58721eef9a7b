package dev.flotilla.registry.kinds.coordination;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

final class Leases implements Kind {
    private static final ResourceType TYPE =
            Types.of("coordination.k8s.io/v1", "leases", Lease.class).build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean createOnUpdate() {
        return true;
    }

    @Override
    public boolean unconditionalUpdate() {
        return false;
    }

    /// Who holds a lease is not chosen here by how new one is.
    @Override
    public void prepareCreate(ObjectNode object) {
        if (object.get("spec") instanceof ObjectNode spec) {
            spec.remove(List.of("strategy", "preferredHolder"));
        }
    }

    @Override
    public void prepareUpdate(ObjectNode before, ObjectNode after) {
        prepareCreate(after);
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        long seconds = Tree.number(object, 1, "spec", "leaseDurationSeconds");
        if (seconds <= 0) {
            problems.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0");
        }
        long transitions = Tree.number(object, 0, "spec", "leaseTransitions");
        if (transitions < 0) {
            problems.invalid(
                    "spec.leaseTransitions", transitions, "must be greater than or equal to 0");
        }
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Holder",
                        "Who holds it.",
                        (o, _) -> Tree.text(o, "spec", "holderIdentity")),
                Column.AGE);
    }
}
