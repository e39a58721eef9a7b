package dev.flotilla.registry.kinds.apps;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.NameRule;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kinds.pod.Templates;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.table.TemplateCells;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Pods that keep their names and their volumes.
final class StatefulSets implements Kind {
    private static final ResourceType TYPE =
            Types.of("apps/v1", "statefulsets", StatefulSet.class)
                    .shortNames("sts")
                    .inAll()
                    .status()
                    .scale()
                    .build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public NameRule names() {
        return NameRule.LABEL;
    }

    @Override
    public boolean generation() {
        return true;
    }

    @Override
    public void defaults(ObjectNode object) {
        var spec = Tree.child(object, "spec");
        Templates.fill(spec);
        Tree.setDefault(spec, "podManagementPolicy", "OrderedReady");
        Tree.setDefault(spec, "revisionHistoryLimit", 10);
        var strategy = Tree.child(spec, "updateStrategy");
        if (Tree.text(strategy, "type").isEmpty()) {
            Tree.child(strategy.put("type", "RollingUpdate"), "rollingUpdate");
        }
        if (Tree.text(strategy, "type").equals("RollingUpdate")
                && strategy.get("rollingUpdate") instanceof ObjectNode rolling) {
            Tree.setDefault(rolling, "partition", 0);
        }
        var retention = Tree.child(spec, "persistentVolumeClaimRetentionPolicy");
        Tree.setDefault(retention, "whenDeleted", "Retain");
        Tree.setDefault(retention, "whenScaled", "Retain");
        Tree.objects(spec, "volumeClaimTemplates").forEach(StatefulSets::claim);
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status").put("replicas", 0).put("availableReplicas", 0);
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        StatefulSetRules.check(Tree.at(object, "spec"), problems);
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        StatefulSetRules.checkChange(before, after, problems);
    }

    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        ReplicaCounts.check(
                before,
                after,
                problems,
                "readyReplicas",
                "currentReplicas",
                "updatedReplicas",
                "availableReplicas");
        ReplicaCounts.availableAreReady(after, "status.readyReplicas", problems);
    }

    @Override
    public List<Column> columns() {
        return TemplateCells.STATEFUL_SET;
    }

    private static void claim(ObjectNode claim) {
        claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        Tree.setDefault(Tree.child(claim, "spec"), "volumeMode", "Filesystem");
        Tree.setDefault(Tree.child(claim, "status"), "phase", "Pending");
    }
}
