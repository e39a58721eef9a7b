package dev.flotilla.registry.kinds.core;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.ConfigMap;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

final class ConfigMaps implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "configmaps", ConfigMap.class).shortNames("cm").build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        Data.checkKeys(object, "data", problems);
        Data.checkKeys(object, "binaryData", problems);
        for (var field : Tree.fields(object, "binaryData")) {
            if (Tree.has(object, "data", field.getKey())) {
                problems.invalid(
                        "data[" + field.getKey() + "]",
                        field.getKey(),
                        "duplicate of key present in binaryData");
            }
        }
        Data.checkSize(
                Data.size(object, "data", false) + Data.size(object, "binaryData", true),
                "",
                problems);
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        Data.checkImmutable(before, after, List.of("data", "binaryData"), problems);
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Data",
                        "How many keys it has.",
                        (o, _) -> Tree.at(o, "data").size() + Tree.at(o, "binaryData").size()),
                Column.AGE);
    }
}
