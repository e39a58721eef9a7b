package dev.flotilla.registry.kinds.rbac;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.NameRule;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Who has a role: in one namespace, or everywhere.
///
/// @param roles the kinds of roles that may be had so
record RoleBindings(ResourceType type, List<String> roles) implements Kind {
    static final RoleBindings HERE =
            new RoleBindings(
                    Types.of("rbac.authorization.k8s.io/v1", "rolebindings", RoleBinding.class)
                            .build(),
                    List.of("Role", "ClusterRole"));
    static final RoleBindings EVERYWHERE =
            new RoleBindings(
                    Types.of(
                                    "rbac.authorization.k8s.io/v1",
                                    "clusterrolebindings",
                                    ClusterRoleBinding.class)
                            .clusterScoped()
                            .build(),
                    List.of("ClusterRole"));

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
        Subjects.check(object, roles, problems);
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
