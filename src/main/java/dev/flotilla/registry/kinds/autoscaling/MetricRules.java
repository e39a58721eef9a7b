package dev.flotilla.registry.kinds.autoscaling;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.ResourceNames;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Quantities;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a metric of an autoscaler must not say.
final class MetricRules {
    private static final List<String> TARGETS = List.of("Utilization", "Value", "AverageValue");

    /// Each type of source and the field it is said in, in the order in which they are looked at.
    private static final Map<String, String> SOURCES = sources();

    private MetricRules() {}

    private static Map<String, String> sources() {
        var sources = new LinkedHashMap<String, String>();
        sources.put("Object", "object");
        sources.put("External", "external");
        sources.put("Pods", "pods");
        sources.put("Resource", "resource");
        sources.put("ContainerResource", "containerResource");
        return sources;
    }

    static void check(ObjectNode metric, String at, Problems problems) {
        var type = Tree.text(metric, "type");
        if (type.isEmpty()) {
            problems.required(at + ".type", "must specify a metric source type");
        }
        if (!SOURCES.containsKey(type)) {
            problems.unsupported(at + ".type", type, List.copyOf(SOURCES.keySet()));
        }
        var given = SOURCES.values().stream().filter(metric::has).toList();
        if (!given.isEmpty()) {
            source(metric, given.getFirst(), at + "." + given.getFirst(), problems);
        }
        var expected = SOURCES.getOrDefault(type, "");
        if (!expected.isEmpty() && !given.contains(expected)) {
            problems.required(
                    at + "." + expected, "must populate information for the given metric source");
        }
        if (expected.isEmpty()) {
            problems.unsupported(at + ".type", type, List.copyOf(SOURCES.keySet()));
        }
        if (given.size() > 1) {
            given.stream()
                    .filter(g -> !g.equals(expected))
                    .forEach(
                            g ->
                                    problems.forbidden(
                                            at + "." + g,
                                            "must populate the given metric source only"));
        }
    }

    private static void source(ObjectNode metric, String field, String at, Problems problems) {
        var source = Tree.at(metric, field);
        var target = Tree.at(source, "target");
        switch (field) {
            case "object" -> {
                AutoscalerRules.reference(
                        Tree.at(source, "describedObject"), at + ".describedObject", problems);
                identifier(source, at, problems);
                target(target, at, problems);
                some(
                        target,
                        at,
                        "value",
                        "must set either a target value or averageValue",
                        problems);
            }
            case "external" -> {
                identifier(source, at, problems);
                target(target, at, problems);
                some(
                        target,
                        at,
                        "value",
                        "must set either a target value for metric or a per-pod target",
                        problems);
                if (Tree.has(target, "value") && Tree.has(target, "averageValue")) {
                    problems.forbidden(
                            at + ".target.value",
                            "may not set both a target value for metric and a per-pod target");
                }
            }
            case "pods" -> {
                identifier(source, at, problems);
                target(target, at, problems);
                some(
                        target,
                        at,
                        "averageValue",
                        "must specify a positive target averageValue",
                        problems);
            }
            default -> resource(source, target, field, at, problems);
        }
    }

    private static void resource(
            JsonNode source, JsonNode target, String field, String at, Problems problems) {
        if (Tree.text(source, "name").isEmpty()) {
            problems.required(at + ".name", "must specify a resource name");
        } else if (field.equals("containerResource")) {
            ResourceNames.container(Tree.text(source, "name"), at + ".name", problems);
        }
        if (field.equals("containerResource")) {
            var container = Tree.text(source, "container");
            if (container.isEmpty()) {
                problems.required(at + ".container", "must specify a container");
            } else {
                Names.label(container)
                        .forEach(why -> problems.invalid(at + ".container", container, why));
            }
        }
        target(target, at, problems);
        boolean share = Tree.has(target, "averageUtilization");
        boolean amount = Tree.has(target, "averageValue");
        if (!share && !amount) {
            problems.required(
                    at + ".target.averageUtilization",
                    "must set either a target raw value or a target utilization");
        } else if (share && amount) {
            problems.forbidden(
                    at + ".target.averageValue",
                    "may not set both a target raw value and a target utilization");
        }
    }

    private static void identifier(JsonNode source, String at, Problems problems) {
        AutoscalerRules.segment(
                Tree.text(source, "metric", "name"),
                at + ".metric.name",
                "must specify a metric name",
                problems);
    }

    private static void some(
            JsonNode target, String at, String other, String why, Problems problems) {
        if (!Tree.has(target, other) && !Tree.has(target, "averageValue")) {
            problems.required(at + ".target.averageValue", why);
        }
    }

    private static void target(JsonNode target, String at, Problems problems) {
        var type = Tree.text(target, "type");
        if (type.isEmpty()) {
            problems.required(at + ".target.type", "must specify a metric target type");
        }
        if (!TARGETS.contains(type)) {
            problems.invalid(
                    at + ".target.type",
                    type,
                    "must be either Utilization, Value, or AverageValue");
        }
        for (var field : List.of("value", "averageValue")) {
            var amount = Tree.at(target, field);
            if (!amount.isMissingNode()
                    && Quantities.parse(amount.asString("")).orElse(BigDecimal.ONE).signum() < 1) {
                problems.invalid(at + ".target." + field, amount, "must be positive");
            }
        }
        if (Tree.number(target, 1, "averageUtilization") < 1) {
            problems.invalid(
                    at + ".target.averageUtilization",
                    Tree.at(target, "averageUtilization"),
                    "must be greater than 0");
        }
    }
}
