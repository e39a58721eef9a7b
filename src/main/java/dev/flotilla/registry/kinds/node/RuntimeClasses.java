package dev.flotilla.registry.kinds.node;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kinds.podspec.ResourceRules;
import dev.flotilla.registry.kinds.podspec.TolerationRules;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;

/// A way to run containers, by the name that the node's engine knows it by.
final class RuntimeClasses implements Kind {
    private static final ResourceType TYPE =
            Types.of("node.k8s.io/v1", "runtimeclasses", RuntimeClass.class)
                    .clusterScoped()
                    .build();

    /// What tells one toleration from another.
    private static final List<String> KEYS = List.of("key", "operator", "value", "effect");

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

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var handler = Tree.text(object, "handler");
        Names.label(handler).forEach(why -> problems.invalid("handler", handler, why));
        ResourceRules.overhead(Tree.at(object, "overhead"), "overhead", problems);
        var scheduling = Tree.at(object, "scheduling");
        SelectorRules.labels(
                Tree.at(scheduling, "nodeSelector"), "scheduling.nodeSelector", problems);
        TolerationRules.check(scheduling, "scheduling.tolerations", problems);
        var seen = new HashSet<List<String>>();
        int i = 0;
        for (var t : Tree.objects(scheduling, "tolerations")) {
            var field = "scheduling.tolerations[" + i++ + "]";
            if (!seen.add(KEYS.stream().map(k -> Tree.text(t, k)).toList())) {
                problems.duplicateValue(field, t);
            }
        }
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        Counts.immutable(before, after, "", problems, "handler");
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Handler",
                        "What the node's engine calls it.",
                        (o, _) -> Tree.text(o, "handler")),
                Column.AGE);
    }
}
