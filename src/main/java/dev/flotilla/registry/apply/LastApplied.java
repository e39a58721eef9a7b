package dev.flotilla.registry.apply;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.TreeMap;

/// The annotation in which kubectl keeps what it applied on its own side. What stands there as it
/// still is belongs to kubectl, so that it can change to server-side apply without a conflict.
final class LastApplied {
    private static final String OWNER = "kubectl";
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private LastApplied() {}

    /// What is left of the conflict for that writer.
    ///
    /// @return who owns what; empty if nothing is left
    static TreeMap<Manager, FieldSet> left(
            Conflict conflict, Type type, ObjectNode live, Writer by) {
        var allowed = by.name().equals(OWNER) ? allowed(type, live, by) : FieldSet.NONE;
        var left = new TreeMap<Manager, FieldSet>();
        conflict.taken()
                .forEach(
                        (manager, fields) -> {
                            var rest = fields.minus(allowed);
                            if (!rest.isEmpty()) {
                                left.put(manager, rest);
                            }
                        });
        return left;
    }

    /// Brings the annotation up to date, where there is one.
    static void renew(ObjectNode object, ObjectNode wanted, Writer by) {
        if (by.name().equals(OWNER)
                && object.path("metadata").path("annotations") instanceof ObjectNode annotations
                && !Tree.text(annotations, ANNOTATION).isEmpty()) {
            var said = wanted.deepCopy();
            if (said.path("metadata").path("annotations") instanceof ObjectNode own) {
                own.remove(ANNOTATION);
            }
            annotations.put(ANNOTATION, JSON.writeValueAsString(said) + "\n");
        }
    }

    private static FieldSet allowed(Type type, ObjectNode live, Writer by) {
        var text = Tree.text(live, "metadata", "annotations", ANNOTATION);
        try {
            if (!text.isEmpty()
                    && JSON.readTree(text) instanceof ObjectNode last
                    && Tree.text(last, "apiVersion").equals(by.apiVersion())) {
                var changes = Changes.between(type, last, live);
                return Extract.of(type, last).minus(changes.set()).minus(changes.gone());
            }
        } catch (JacksonException e) {
            return FieldSet.NONE;
        }
        return FieldSet.NONE;
    }
}
