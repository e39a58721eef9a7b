package dev.flotilla.registry.kinds.limits;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.LimitRange;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

final class LimitRanges implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "limitranges", LimitRange.class).shortNames("limits").build();
    private static final Set<String> KINDS = Set.of("Container", "PersistentVolumeClaim", "Pod");

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean createOnUpdate() {
        return true;
    }

    /// A container's limit is at most the maximum; its request is the limit, or else the minimum.
    @Override
    public void defaults(ObjectNode object) {
        for (var limit : Tree.objects(object, "spec", "limits")) {
            if (Tree.text(limit, "type").equals("Container")) {
                fill(limit, "default", "max");
                fill(limit, "defaultRequest", "default");
                fill(limit, "defaultRequest", "min");
            }
        }
    }

    /// Whoever gives none a name gets it one.
    @Override
    public void prepareCreate(ObjectNode object) {
        var metadata = Tree.child(object, "metadata");
        if (Tree.text(metadata, "name").isEmpty()) {
            metadata.put("name", Tree.text(metadata, "uid"));
        }
    }

    private static void fill(ObjectNode limit, String name, String from) {
        for (var amount : Tree.fields(limit, from)) {
            var there = Tree.child(limit, name);
            if (!there.has(amount.getKey())) {
                there.set(amount.getKey(), amount.getValue());
            }
        }
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var types = new HashSet<String>();
        int i = 0;
        for (var limit : Tree.objects(object, "spec", "limits")) {
            var at = "spec.limits[" + i++ + "]";
            var type = Tree.text(limit, "type");
            Checks.qualified(type, at + ".type", problems);
            if (!type.contains("/") && !KINDS.contains(type) && !type.isEmpty()) {
                problems.invalid(
                        at + ".type", type, "must be a standard limit type or fully qualified");
            }
            if (!types.add(type)) {
                problems.duplicate(at + ".type", type);
            }
            LimitRules.check(limit, type, at, problems);
        }
    }

    @Override
    public List<Column> columns() {
        return Column.PLAIN;
    }
}
