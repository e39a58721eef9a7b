package dev.flotilla.registry.kinds.event;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What an event must not say: little in the core group, more in `events.k8s.io`.
final class EventRules {
    private static final int LONGEST_WORD = 128;
    private static final int LONGEST_NOTE = 1024;
    private static final List<String> TYPES = List.of("Normal", "Warning");

    private EventRules() {}

    /// @param reporter what the field that names the controller is called
    static void check(ObjectNode event, String reporter, Problems problems) {
        var about = Tree.text(event, "involvedObject", "namespace");
        var namespace = Tree.text(event, "metadata", "namespace");
        boolean dated = Tree.has(event, "eventTime");
        boolean anywhere =
                namespace.equals("default") || (dated && namespace.equals("kube-system"));
        if (about.isEmpty() ? !anywhere : !dated && !about.equals(namespace)) {
            problems.invalid("involvedObject.namespace", about, "does not match event.namespace");
        }
        if (dated) {
            reported(event, reporter, problems);
        }
    }

    private static void reported(ObjectNode event, String reporter, Problems problems) {
        var controller = Tree.text(event, "reportingComponent");
        if (controller.isEmpty()) {
            problems.required(reporter, "");
        }
        Names.qualified(controller).forEach(why -> problems.invalid(reporter, controller, why));
        for (var field : List.of("reportingInstance", "action", "reason")) {
            var text = Tree.text(event, field);
            if (text.isEmpty()) {
                problems.required(field, "");
            }
            shorter(text, LONGEST_WORD, field, problems);
        }
        shorter(Tree.text(event, "message"), LONGEST_NOTE, "message", problems);
    }

    private static void shorter(String text, int most, String field, Problems problems) {
        if (text.length() > most) {
            problems.invalid(field, "", "can have at most " + most + " characters");
        }
    }

    /// What the newer group asks of a new event beside that.
    static void strict(ObjectNode event, Problems problems) {
        Checks.subdomain(Tree.text(event, "metadata", "name"), "metadata.name", problems);
        series(event, problems);
        if (!Tree.has(event, "eventTime")) {
            problems.required("eventTime", "");
        }
        var type = Tree.text(event, "type");
        if (!TYPES.contains(type)) {
            problems.invalid("type", "", "has invalid value: " + type);
        }
        for (var field : List.of("firstTimestamp", "lastTimestamp")) {
            if (Tree.has(event, field)) {
                problems.invalid(field, "", "needs to be unset");
            }
        }
        if (Tree.number(event, 0, "count") != 0) {
            problems.invalid("count", "", "needs to be unset");
        }
        if (!Tree.text(event, "source", "component").isEmpty()
                || !Tree.text(event, "source", "host").isEmpty()) {
            problems.invalid("source", "", "needs to be unset");
        }
    }

    /// What it asks of a change: that nothing but the series goes on.
    static void strictChange(ObjectNode before, ObjectNode after, Problems problems) {
        if (!Tree.same(Tree.at(before, "series"), Tree.at(after, "series"))) {
            series(after, problems);
        }
        Counts.immutable(before, after, "", problems, "involvedObject", "reason", "message");
        Counts.immutable(
                before, after, "", problems, "source", "firstTimestamp", "lastTimestamp", "count");
        Counts.immutable(
                before, after, "", problems, "reason", "type", "eventTime", "action", "related");
        renamed(before, after, problems);
        Counts.immutable(before, after, "", problems, "reportingInstance");
    }

    private static void renamed(JsonNode before, JsonNode after, Problems problems) {
        var is = Tree.at(after, "reportingComponent");
        if (!Tree.same(Tree.at(before, "reportingComponent"), is)) {
            problems.invalid("reportingController", is, "field is immutable");
        }
    }

    private static void series(ObjectNode event, Problems problems) {
        if (!Tree.has(event, "series")) {
            return;
        }
        if (Tree.number(event, 0, "series", "count") < 2) {
            problems.invalid("series.count", "", "should be at least 2");
        }
        if (!Tree.has(event, "series", "lastObservedTime")) {
            problems.required("series.lastObservedTime", "");
        }
    }
}
