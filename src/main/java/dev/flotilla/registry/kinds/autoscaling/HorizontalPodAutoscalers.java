package dev.flotilla.registry.kinds.autoscaling;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.table.AutoscalerCells;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Kept as `autoscaling/v2`; `autoscaling/v1` is a view of it.
final class HorizontalPodAutoscalers implements Kind {
    private static final ResourceType TYPE =
            Types.of("autoscaling/v2", "horizontalpodautoscalers", HorizontalPodAutoscaler.class)
                    .shortNames("hpa")
                    .inAll()
                    .status()
                    .build();

    /// Percent of what its pods ask for, where no metric is named.
    private static final int CPU_UTILIZATION = 80;

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public List<Version> versions() {
        return List.of(new AutoscalerV1(this));
    }

    @Override
    public void defaults(ObjectNode object) {
        var spec = Tree.child(object, "spec");
        Tree.setDefault(spec, "minReplicas", 1);
        if (Tree.at(spec, "metrics").isEmpty()) {
            cpu(spec.putArray("metrics"), CPU_UTILIZATION);
        }
        if (spec.get("behavior") instanceof ObjectNode behavior) {
            var up = Tree.child(behavior, "scaleUp");
            Tree.setDefault(up, "stabilizationWindowSeconds", 0);
            Tree.setDefault(up, "selectPolicy", "Max");
            if (!up.has("policies")) {
                var policies = up.putArray("policies");
                policy(policies, "Pods", 4);
                policy(policies, "Percent", 100);
            }
            var down = Tree.child(behavior, "scaleDown");
            Tree.setDefault(down, "selectPolicy", "Max");
            if (!down.has("policies")) {
                policy(down.putArray("policies"), "Percent", 100);
            }
        }
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status").put("currentReplicas", 0).put("desiredReplicas", 0);
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        AutoscalerRules.check(Tree.at(object, "spec"), problems);
    }

    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        Counts.notNegative(
                Tree.at(after, "status"), "status", problems, "currentReplicas", "desiredReplicas");
    }

    @Override
    public List<Column> columns() {
        return AutoscalerCells.COLUMNS;
    }

    /// Adds the metric that keeps to `percent` of the CPU asked for.
    static void cpu(ArrayNode metrics, int percent) {
        var metric = metrics.addObject().put("type", "Resource");
        var resource = metric.putObject("resource").put("name", "cpu");
        resource.putObject("target").put("type", "Utilization").put("averageUtilization", percent);
    }

    private static void policy(ArrayNode policies, String type, int value) {
        policies.addObject().put("type", type).put("value", value).put("periodSeconds", 15);
    }
}
