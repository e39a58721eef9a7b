package dev.flotilla.registry.read;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ListQuery;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.select.BadSelector;
import dev.flotilla.registry.select.Fields;
import dev.flotilla.registry.select.LabelParser;
import dev.flotilla.registry.select.Labels;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.function.Function;

/// Both selectors of a query.
record Filter(Labels labels, Fields fields) {
    /// @throws ApiFailure 400
    static Filter of(Version version, ListQuery query) {
        var selectable = new HashMap<String, Function<ObjectNode, String>>(version.selectable());
        selectable.put("metadata.name", o -> Tree.text(o, "metadata", "name"));
        if (version.type().namespaced()) {
            selectable.put("metadata.namespace", o -> Tree.text(o, "metadata", "namespace"));
        }
        try {
            return new Filter(
                    LabelParser.parse(query.labelSelector()),
                    Fields.parse(query.fieldSelector(), selectable));
        } catch (BadSelector e) {
            throw ApiFailure.badRequest(String.valueOf(e.getMessage()));
        }
    }

    boolean everything() {
        return labels.requirements().isEmpty() && fields.terms().isEmpty();
    }

    boolean matches(ObjectNode object) {
        return labels.matches(object) && fields.matches(object);
    }
}
