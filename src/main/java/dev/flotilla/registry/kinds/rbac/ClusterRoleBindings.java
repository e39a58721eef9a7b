package dev.flotilla.registry.kinds.rbac;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.NameRule;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Who has a role everywhere.
final class ClusterRoleBindings implements Kind {
    private static final ResourceType TYPE =
            Types.of(
                            "rbac.authorization.k8s.io/v1",
                            "clusterrolebindings",
                            ClusterRoleBinding.class)
                    .clusterScoped()
                    .build();

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
    public void defaults(ObjectNode object) {
        Subjects.defaults(object);
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        Subjects.check(object, List.of("ClusterRole"), problems);
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        Subjects.sameRole(before, after, problems);
    }

    @Override
    public List<Column> columns() {
        return Subjects.COLUMNS;
    }
}
