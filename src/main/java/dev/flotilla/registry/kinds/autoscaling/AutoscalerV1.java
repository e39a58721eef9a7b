package dev.flotilla.registry.kinds.autoscaling;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.autoscaling.v1.HorizontalPodAutoscaler;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.function.Function;

/// `autoscaling/v1`: one number for the CPU. What it has no fields for goes through annotations.
record AutoscalerV1(Kind kind) implements Version {
    private static final ResourceType TYPE =
            Types.of("autoscaling/v1", "horizontalpodautoscalers", HorizontalPodAutoscaler.class)
                    .shortNames("hpa")
                    .inAll()
                    .status()
                    .build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public ObjectNode shown(ObjectNode kept) {
        kept.put("apiVersion", TYPE.apiVersion());
        var notes = new Notes(kept);
        notes.clear();
        var spec = Tree.child(kept, "spec");
        var others = Tree.list();
        for (var metric : Tree.objects(spec, "metrics")) {
            if (cpu(metric) && !spec.has("targetCPUUtilizationPercentage")) {
                spec.set(
                        "targetCPUUtilizationPercentage",
                        Tree.at(metric, "resource", "target", "averageUtilization"));
            } else {
                others.add(MetricsV1.spec(metric));
            }
        }
        notes.put(Notes.METRICS, others);
        spec.remove("metrics");
        if (spec.remove("behavior") instanceof ObjectNode behavior) {
            notes.put(Notes.BEHAVIOR, BehaviorV1.noted(behavior));
        }
        if (kept.get("status") instanceof ObjectNode status) {
            shownStatus(status, notes);
        }
        return kept;
    }

    private static void shownStatus(ObjectNode status, Notes notes) {
        var metrics = Tree.list();
        for (var metric : Tree.objects(status, "currentMetrics")) {
            var percent = Tree.at(metric, "resource", "current", "averageUtilization");
            if (Tree.text(metric, "resource", "name").equals("cpu") && !percent.isMissingNode()) {
                status.set("currentCPUUtilizationPercentage", percent);
            }
            metrics.add(MetricsV1.status(metric));
        }
        notes.put(Notes.CURRENT, metrics);
        status.remove("currentMetrics");
        if (status.remove("conditions") instanceof ArrayNode conditions) {
            notes.put(Notes.CONDITIONS, conditions);
        }
    }

    @Override
    public ObjectNode kept(ObjectNode shown) {
        shown.put("apiVersion", kind.type().apiVersion());
        var notes = new Notes(shown);
        var spec = Tree.child(shown, "spec");
        var metrics = Tree.list();
        notes.list(Notes.METRICS).forEach(m -> metrics.add(MetricsV1.keptSpec(m)));
        var percent = spec.remove("targetCPUUtilizationPercentage");
        if (percent != null && percent.canConvertToInt()) {
            HorizontalPodAutoscalers.cpu(metrics, percent.intValue());
        }
        if (!metrics.isEmpty()) {
            spec.set("metrics", metrics);
        }
        notes.object(Notes.BEHAVIOR)
                .map(BehaviorV1::kept)
                .ifPresent(behavior -> spec.set("behavior", behavior));
        keptStatus(shown, notes);
        notes.clear();
        return shown;
    }

    private static void keptStatus(ObjectNode shown, Notes notes) {
        var current = notes.list(Notes.CURRENT);
        var conditions = notes.list(Notes.CONDITIONS);
        if (!shown.has("status") && current.isEmpty() && conditions.isEmpty()) {
            return;
        }
        var status = Tree.child(shown, "status");
        var percent = status.remove("currentCPUUtilizationPercentage");
        if (!current.isEmpty()) {
            var metrics = status.putArray("currentMetrics");
            current.forEach(m -> metrics.add(MetricsV1.keptStatus(m)));
        } else if (percent != null) {
            var metric = status.putArray("currentMetrics").addObject().put("type", "Resource");
            metric.putObject("resource")
                    .put("name", "cpu")
                    .putObject("current")
                    .set("averageUtilization", percent);
        }
        if (!conditions.isEmpty()) {
            var list = status.putArray("conditions");
            conditions.forEach(list::add);
        }
    }

    private static boolean cpu(ObjectNode metric) {
        return Tree.text(metric, "type").equals("Resource")
                && Tree.text(metric, "resource", "name").equals("cpu")
                && Tree.has(metric, "resource", "target", "averageUtilization");
    }

    @Override
    public Map<String, Function<ObjectNode, String>> selectable() {
        return kind.selectable();
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        kind.validate(object, problems);
    }

    @Override
    public void validateCreate(ObjectNode object, Problems problems) {
        kind.validateCreate(object, problems);
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        kind.validateUpdate(before, after, problems);
    }
}
