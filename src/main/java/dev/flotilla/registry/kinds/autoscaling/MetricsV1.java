package dev.flotilla.registry.kinds.autoscaling;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

/// Metrics and what they measured, as the annotations of `autoscaling/v1` write them: flat.
final class MetricsV1 {
    private MetricsV1() {}

    static ObjectNode spec(ObjectNode metric) {
        return flat(metric, Side.WANTED);
    }

    static ObjectNode status(ObjectNode metric) {
        return flat(metric, Side.MEASURED);
    }

    static ObjectNode keptSpec(ObjectNode flat) {
        return kept(flat, Side.WANTED);
    }

    static ObjectNode keptStatus(ObjectNode flat) {
        return kept(flat, Side.MEASURED);
    }

    /// What is wanted of a metric, or what it measured: the same fields under two sets of names.
    private enum Side {
        WANTED("target"),
        MEASURED("current");

        private final String values;

        Side(String values) {
            this.values = values;
        }

        /// Such as `targetAverageValue` for `averageValue`.
        String flat(String field) {
            return values + Character.toUpperCase(field.charAt(0)) + field.substring(1);
        }
    }

    private static ObjectNode flat(ObjectNode metric, Side side) {
        var flat = Tree.empty().put("type", Tree.text(metric, "type"));
        for (var field : metric.properties()) {
            if (field.getValue() instanceof ObjectNode source) {
                flat.set(field.getKey(), flat(field.getKey(), source, side));
            }
        }
        return flat;
    }

    private static ObjectNode flat(String type, ObjectNode source, Side side) {
        var flat = Tree.empty();
        boolean object = type.equals("object");
        var values = Tree.copy(source, side.values);
        if (object) {
            flat.set("target", Tree.copy(source, "describedObject"));
        }
        for (var field : new String[] {"name", "container"}) {
            Tree.carry(source, flat, field);
        }
        if (Tree.has(source, "metric")) {
            flat.put("metricName", Tree.text(source, "metric", "name"));
            move(
                    Tree.copy(source, "metric"),
                    "selector",
                    flat,
                    type.equals("external") ? "metricSelector" : "selector");
        }
        move(values, "value", flat, side.flat("value"));
        move(values, "averageUtilization", flat, side.flat("averageUtilization"));
        move(values, "averageValue", flat, object ? "averageValue" : side.flat("averageValue"));
        return flat;
    }

    private static ObjectNode kept(ObjectNode flat, Side side) {
        var kept = Tree.empty().put("type", Tree.text(flat, "type"));
        for (var field : flat.properties()) {
            if (field.getValue() instanceof ObjectNode source) {
                kept.set(field.getKey(), kept(field.getKey(), source, side));
            }
        }
        return kept;
    }

    private static ObjectNode kept(String type, ObjectNode flat, Side side) {
        var kept = Tree.empty();
        boolean object = type.equals("object");
        for (var field : new String[] {"name", "container"}) {
            Tree.carry(flat, kept, field);
        }
        if (object) {
            kept.set("describedObject", Tree.copy(flat, "target"));
        }
        if (Tree.has(flat, "metricName")) {
            var metric = kept.putObject("metric").put("name", Tree.text(flat, "metricName"));
            move(flat, type.equals("external") ? "metricSelector" : "selector", metric, "selector");
        }
        var values = kept.putObject(side.values);
        move(flat, side.flat("value"), values, "value");
        move(flat, side.flat("averageUtilization"), values, "averageUtilization");
        move(flat, object ? "averageValue" : side.flat("averageValue"), values, "averageValue");
        if (side == Side.WANTED) {
            values.put("type", type(values));
        }
        return kept;
    }

    /// The type of a target goes without saying.
    private static String type(ObjectNode target) {
        if (target.has("averageUtilization")) {
            return "Utilization";
        }
        return target.has("averageValue") ? "AverageValue" : "Value";
    }

    private static void move(ObjectNode from, String field, ObjectNode to, String name) {
        var value = from.get(field);
        if (value != null) {
            to.set(name, value.deepCopy());
        }
    }
}
