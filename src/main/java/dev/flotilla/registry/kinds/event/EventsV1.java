package dev.flotilla.registry.kinds.event;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.events.v1.Event;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// `events.k8s.io/v1`: the same events under other names, held to stricter rules.
record EventsV1(Kind kind) implements Version {
    private static final ResourceType TYPE =
            Types.of("events.k8s.io/v1", "events", Event.class).shortNames("ev").build();

    /// What each field is called where it is kept.
    private static final Map<String, String> KEPT =
            Map.of(
                    "regarding", "involvedObject",
                    "note", "message",
                    "reportingController", "reportingComponent",
                    "deprecatedSource", "source",
                    "deprecatedFirstTimestamp", "firstTimestamp",
                    "deprecatedLastTimestamp", "lastTimestamp",
                    "deprecatedCount", "count");

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public ObjectNode shown(ObjectNode kept) {
        kept.put("apiVersion", TYPE.apiVersion());
        KEPT.forEach((name, keptName) -> rename(kept, keptName, name));
        return kept;
    }

    @Override
    public ObjectNode kept(ObjectNode shown) {
        shown.put("apiVersion", kind.type().apiVersion());
        KEPT.forEach((name, keptName) -> rename(shown, name, keptName));
        return shown;
    }

    @Override
    public Map<String, Function<ObjectNode, String>> selectable() {
        var fields = new HashMap<String, Function<ObjectNode, String>>();
        kind.selectable()
                .forEach(
                        (field, read) -> {
                            if (field.startsWith("involvedObject.")) {
                                fields.put(field.replace("involvedObject.", "regarding."), read);
                            }
                        });
        fields.put("reason", o -> Tree.text(o, "reason"));
        fields.put("type", o -> Tree.text(o, "type"));
        fields.put("reportingController", o -> Tree.text(o, "reportingComponent"));
        return fields;
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        EventRules.check(object, "reportingController", problems);
    }

    @Override
    public void validateCreate(ObjectNode object, Problems problems) {
        EventRules.strict(object, problems);
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        EventRules.strictChange(before, after, problems);
    }

    private static void rename(ObjectNode object, String from, String to) {
        var value = object.remove(from);
        if (value != null) {
            object.set(to, value);
        }
    }
}
