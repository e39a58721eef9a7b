package dev.flotilla.registry.kinds.core;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.ServiceAccount;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

final class ServiceAccounts implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "serviceaccounts", ServiceAccount.class).shortNames("sa").build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean answersDeleted() {
        return true;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Secrets", "How many Secrets it lists.", (o, _) -> secrets(o)),
                Column.AGE);
    }

    private static int secrets(ObjectNode object) {
        return Tree.at(object, "secrets").size();
    }
}
