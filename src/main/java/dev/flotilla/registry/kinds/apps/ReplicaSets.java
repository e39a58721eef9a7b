package dev.flotilla.registry.kinds.apps;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kinds.pod.Templates;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.table.TemplateCells;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

final class ReplicaSets implements Kind {
    private static final ResourceType TYPE =
            Types.of("apps/v1", "replicasets", ReplicaSet.class)
                    .shortNames("rs")
                    .inAll()
                    .status()
                    .scale()
                    .build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean generation() {
        return true;
    }

    @Override
    public void defaults(ObjectNode object) {
        Templates.fill(Tree.child(object, "spec"));
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status").put("replicas", 0);
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        Counts.notNegative(Tree.at(object, "spec"), "spec", problems, "minReadySeconds");
        Templates.check(object, "deployment", problems);
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        Templates.checkChange(before, after, problems);
    }

    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        ReplicaCounts.check(
                before,
                after,
                problems,
                "fullyLabeledReplicas",
                "readyReplicas",
                "availableReplicas");
        ReplicaCounts.availableAreReady(after, "readyReplicas", problems);
    }

    @Override
    public Map<String, Function<ObjectNode, String>> selectable() {
        return Map.of(
                "status.replicas", o -> Long.toString(Tree.number(o, 0, "status", "replicas")));
    }

    @Override
    public List<Column> columns() {
        return TemplateCells.REPLICA_SET;
    }
}
