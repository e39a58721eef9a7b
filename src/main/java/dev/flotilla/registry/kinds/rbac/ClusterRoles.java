package dev.flotilla.registry.kinds.rbac;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.NameRule;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What may be done anywhere, or in the namespaces where it is bound.
final class ClusterRoles implements Kind {
    private static final ResourceType TYPE =
            Types.of("rbac.authorization.k8s.io/v1", "clusterroles", ClusterRole.class)
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
    public void validate(ObjectNode object, Problems problems) {
        PolicyRules.check(object, false, problems);
        if (!Tree.has(object, "aggregationRule")) {
            return;
        }
        var at = "aggregationRule.clusterRoleSelectors";
        var selectors = Tree.objects(object, "aggregationRule", "clusterRoleSelectors");
        if (selectors.isEmpty()) {
            problems.required(
                    at, "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }
        int i = 0;
        for (var selector : selectors) {
            SelectorRules.check(selector, at + "[" + i++ + "]", problems);
        }
    }

    @Override
    public List<Column> columns() {
        return Column.PLAIN;
    }
}
