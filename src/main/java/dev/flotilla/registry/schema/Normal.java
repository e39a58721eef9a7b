package dev.flotilla.registry.schema;

import dev.flotilla.registry.tree.Quantities;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Brings a body that passed [BodyCheck] into the one form that is kept: no `null`, no field that
/// nobody knows, nothing that Kubernetes leaves out where it is none, quantities as Kubernetes
/// writes them.
public final class Normal {
    private final Models models;

    private Normal(Models models) {
        this.models = models;
    }

    /// Changes `body` in place.
    public static void form(Models models, Class<?> kind, ObjectNode body) {
        new Normal(models).object(body, kind);
    }

    private void object(ObjectNode object, Class<?> model) {
        var shapes = models.fields(model);
        for (var i = object.properties().iterator(); i.hasNext(); ) {
            var field = i.next();
            var shape = shapes.get(field.getKey());
            var value = field.getValue();
            if (shape == null
                    || value.isNull()
                    || models.zeros().drops(model, field.getKey(), value)) {
                i.remove();
            } else {
                field.setValue(value(value, shape));
            }
        }
    }

    private JsonNode value(JsonNode value, Shape shape) {
        if (value.isNull()) {
            return zero(shape);
        }
        switch (shape) {
            case Shape.Amount _ -> {
                return StringNode.valueOf(Quantities.canonical(value.asString()));
            }
            case Shape.Fields fields -> object((ObjectNode) value, fields.model());
            case Shape.ListOf list -> {
                var elements = (ArrayNode) value;
                for (int i = 0; i < elements.size(); i++) {
                    elements.set(i, value(elements.get(i), list.element()));
                }
            }
            case Shape.MapOf map -> {
                for (var entry : ((ObjectNode) value).properties()) {
                    entry.setValue(value(entry.getValue(), map.value()));
                }
            }
            case Shape.Anything _ -> Tree.dropNulls(value);
            case Shape.Text _,
                    Shape.Bytes _,
                    Shape.Time _,
                    Shape.Whole _,
                    Shape.Real _,
                    Shape.Truth _,
                    Shape.IntOrText _ -> {}
        }
        return value;
    }

    /// What Kubernetes makes of `null` within a list or a map.
    private static JsonNode zero(Shape shape) {
        return switch (shape) {
            case Shape.Text _, Shape.Bytes _ -> StringNode.valueOf("");
            case Shape.Amount _ -> StringNode.valueOf("0");
            case Shape.Fields _, Shape.MapOf _ -> Tree.empty();
            case Shape.ListOf _ -> Tree.list();
            case Shape.Whole _, Shape.Real _, Shape.IntOrText _ -> Tree.empty().numberNode(0);
            case Shape.Truth _ -> Tree.empty().booleanNode(false);
            case Shape.Time _, Shape.Anything _ -> Tree.empty().nullNode();
        };
    }
}
