package dev.flotilla.registry.kinds.event;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.NameRule;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.table.Ages;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Event;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

final class Events implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "events", Event.class).shortNames("ev").build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public List<Version> versions() {
        return List.of(new EventsV1(this));
    }

    @Override
    public NameRule names() {
        return NameRule.SEGMENT;
    }

    @Override
    public boolean mayOwn() {
        return false;
    }

    @Override
    public boolean createOnUpdate() {
        return true;
    }

    /// Go's JSON always has an event's times and who reported it; strict clients miss them where
    /// they are left out.
    @Override
    public void defaults(ObjectNode object) {
        for (var time : List.of("firstTimestamp", "lastTimestamp", "eventTime")) {
            if (!Tree.has(object, time)) {
                object.putNull(time);
            }
        }
        Tree.child(object, "source");
        for (var reporter : List.of("reportingComponent", "reportingInstance")) {
            if (!Tree.has(object, reporter)) {
                object.put(reporter, "");
            }
        }
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        EventRules.check(object, "reportingComponent", problems);
    }

    @Override
    public Map<String, Function<ObjectNode, String>> selectable() {
        var fields = new HashMap<String, Function<ObjectNode, String>>();
        for (var part :
                List.of(
                        "kind",
                        "namespace",
                        "name",
                        "uid",
                        "apiVersion",
                        "resourceVersion",
                        "fieldPath")) {
            fields.put("involvedObject." + part, o -> Tree.text(o, "involvedObject", part));
        }
        for (var part : List.of("reason", "reportingComponent", "type")) {
            fields.put(part, o -> Tree.text(o, part));
        }
        fields.put("source", Events::source);
        return fields;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("Last Seen", "When it was seen last.", Events::lastSeen),
                Column.text("Type", "Normal or Warning.", (o, _) -> Tree.text(o, "type")),
                Column.text("Reason", "Why, in a word.", (o, _) -> Tree.text(o, "reason")),
                Column.text("Object", "What it is about.", (o, _) -> about(o)),
                Column.wide(
                        "Subobject",
                        "The part it is about.",
                        (o, _) -> Tree.text(o, "involvedObject", "fieldPath")),
                Column.wide("Source", "Who saw it.", (o, _) -> sourceAndHost(o)),
                Column.text("Message", "What happened.", (o, _) -> Tree.text(o, "message").strip()),
                Column.wide("First Seen", "When it was seen first.", Events::firstSeen),
                Column.wide("Count", "How often.", (o, _) -> count(o)),
                new Column(
                        "Name",
                        "string",
                        "name",
                        Column.NAME.description(),
                        1,
                        Column.NAME.cell()));
    }

    private static String about(ObjectNode event) {
        var kind = Tree.text(event, "involvedObject", "kind").toLowerCase(Locale.ROOT);
        var name = Tree.text(event, "involvedObject", "name");
        return name.isEmpty() ? kind : kind + "/" + name;
    }

    private static String source(ObjectNode event) {
        var component = Tree.text(event, "source", "component");
        return component.isEmpty() ? Tree.text(event, "reportingComponent") : component;
    }

    private static String sourceAndHost(ObjectNode event) {
        var own = Tree.text(event, "source", "host");
        var host = own.isEmpty() ? Tree.text(event, "reportingInstance") : own;
        return host.isEmpty() ? source(event) : source(event) + ", " + host;
    }

    private static long count(ObjectNode event) {
        long count = Tree.number(event, 0, "count");
        return Tree.number(event, count == 0 ? 1 : count, "series", "count");
    }

    private static String firstSeen(ObjectNode event, Instant now) {
        return Ages.since(first(event), now);
    }

    private static String lastSeen(ObjectNode event, Instant now) {
        var series = Tree.text(event, "series", "lastObservedTime");
        var last = series.isEmpty() ? Tree.text(event, "lastTimestamp") : series;
        return Ages.since(last.isEmpty() ? first(event) : last, now);
    }

    private static String first(ObjectNode event) {
        var first = Tree.text(event, "firstTimestamp");
        return first.isEmpty() ? Tree.text(event, "eventTime") : first;
    }
}
