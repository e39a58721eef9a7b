package dev.flotilla.registry.kinds.rbac;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.NameRule;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;

import io.fabric8.kubernetes.api.model.rbac.Role;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What may be done in one namespace.
final class Roles implements Kind {
    private static final ResourceType TYPE =
            Types.of("rbac.authorization.k8s.io/v1", "roles", Role.class).build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public NameRule names() {
        return NameRule.SEGMENT;
    }

    @Override
    public boolean createOnUpdate() {
        return true;
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        PolicyRules.check(object, true, problems);
    }

    @Override
    public List<Column> columns() {
        return Column.PLAIN;
    }
}
