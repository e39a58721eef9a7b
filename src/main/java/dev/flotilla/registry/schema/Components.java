package dev.flotilla.registry.schema;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The `components/schemas` of an OpenAPI document: each class once, with all it leads to.
final class Components {
    private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    private static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";

    private final Models models;
    private final Descriptions descriptions;
    private final Map<String, ObjectNode> schemas = new TreeMap<>();
    private final ArrayDeque<Class<?>> waiting = new ArrayDeque<>();
    private final Set<Class<?>> seen = new HashSet<>();

    Components(Models models, Descriptions descriptions) {
        this.models = models;
        this.descriptions = descriptions;
    }

    void addKind(ResourceType type) {
        add(type.model());
        var name = ComponentNames.of(type.model());
        identify(schema(name), type, type.kind());
        var list = Tree.empty().put("type", "object");
        var properties = list.putObject("properties");
        properties.putObject("apiVersion").put("type", "string");
        var item = reference(name);
        item.set("default", Tree.empty());
        properties.putObject("items").put("type", "array").set("items", item);
        properties.putObject("kind").put("type", "string");
        var metadata = reference(ComponentNames.meta("ListMeta"));
        metadata.set("default", Tree.empty());
        properties.set("metadata", metadata);
        list.putArray("required").add("items");
        identify(list, type, type.kind() + "List");
        schemas.put(name + "List", described(list, name + "List"));
        listMeta();
    }

    /// With what it leads to.
    void add(Class<?> model) {
        waiting.add(model);
        while (!waiting.isEmpty()) {
            var next = waiting.remove();
            if (seen.add(next)) {
                schemas.put(ComponentNames.of(next), object(next));
            }
        }
    }

    ObjectNode schema(String name) {
        var schema = schemas.get(name);
        return schema == null ? Tree.empty() : schema;
    }

    ObjectNode toJson() {
        var all = Tree.empty();
        schemas.forEach(all::set);
        return all;
    }

    static ObjectNode reference(String name) {
        var holder = Tree.empty();
        holder.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + name);
        return holder;
    }

    static void identify(ObjectNode schema, ResourceType type, String kind) {
        schema.putArray("x-kubernetes-group-version-kind")
                .addObject()
                .put("group", type.group())
                .put("kind", kind)
                .put("version", type.version());
    }

    private ObjectNode described(ObjectNode schema, String component) {
        describe(schema, descriptions.of(component));
        schema.path("properties")
                .properties()
                .forEach(
                        p ->
                                describe(
                                        (ObjectNode) p.getValue(),
                                        descriptions.of(component, p.getKey())));
        return schema;
    }

    private static void describe(ObjectNode schema, String description) {
        if (!description.isEmpty()) {
            schema.put("description", description);
        }
    }

    private void listMeta() {
        var schema = Tree.empty().put("type", "object");
        var properties = schema.putObject("properties");
        properties.putObject("continue").put("type", "string");
        properties.putObject("remainingItemCount").put("type", "integer").put("format", "int64");
        properties.putObject("resourceVersion").put("type", "string");
        var component = ComponentNames.meta("ListMeta");
        schemas.put(component, described(schema, component));
    }

    private ObjectNode object(Class<?> model) {
        var schema = Tree.empty().put("type", "object");
        var component = ComponentNames.of(model);
        describe(schema, descriptions.of(component));
        var properties = schema.putObject("properties");
        var facts = Facts.of(model);
        models.fields(model)
                .forEach(
                        (name, shape) -> {
                            var property = value(shape);
                            Extensions.add(
                                    property,
                                    shape,
                                    facts.field(name),
                                    facts.required().contains(name));
                            if (name.equals("metadata")) {
                                property.set("default", Tree.empty());
                            }
                            describe(property, descriptions.of(component, name));
                            properties.set(name, property);
                        });
        if (!facts.required().isEmpty()) {
            facts.required().forEach(schema.putArray("required")::add);
        }
        if (facts.atomic()) {
            schema.put("x-kubernetes-map-type", "atomic");
        }
        if (!facts.union().isEmpty()) {
            Extensions.union(schema, facts.union().getFirst(), facts.union().getLast());
        }
        return schema;
    }

    private ObjectNode value(Shape shape) {
        return switch (shape) {
            case Shape.Text _ -> Tree.empty().put("type", "string");
            case Shape.Bytes _ -> Tree.empty().put("type", "string").put("format", "byte");
            case Shape.Time time -> time(time.micro() ? "MicroTime" : "Time");
            case Shape.Whole whole ->
                    Tree.empty().put("type", "integer").put("format", "int" + whole.bits());
            case Shape.Real _ -> Tree.empty().put("type", "number").put("format", "double");
            case Shape.Truth _ -> Tree.empty().put("type", "boolean");
            case Shape.Amount _ -> {
                schemas.computeIfAbsent(QUANTITY, _ -> textOrNumber("number"));
                yield reference(QUANTITY);
            }
            case Shape.IntOrText _ -> {
                schemas.computeIfAbsent(
                        INT_OR_STRING, _ -> textOrNumber("integer").put("format", "int-or-string"));
                yield reference(INT_OR_STRING);
            }
            case Shape.Anything _ ->
                    Tree.empty()
                            .put("type", "object")
                            .put("x-kubernetes-preserve-unknown-fields", true);
            case Shape.Fields fields -> {
                waiting.add(fields.model());
                yield reference(ComponentNames.of(fields.model()));
            }
            case Shape.ListOf list -> {
                var array = Tree.empty().put("type", "array");
                array.set("items", value(list.element()));
                yield array;
            }
            case Shape.MapOf map -> {
                var object = Tree.empty().put("type", "object");
                object.set("additionalProperties", value(map.value()));
                yield object;
            }
        };
    }

    private ObjectNode time(String name) {
        var component = ComponentNames.meta(name);
        schemas.computeIfAbsent(
                component, _ -> Tree.empty().put("type", "string").put("format", "date-time"));
        return reference(component);
    }

    private static ObjectNode textOrNumber(String number) {
        var schema = Tree.empty();
        var either = schema.putArray("oneOf");
        either.addObject().put("type", "string");
        either.addObject().put("type", number);
        return schema;
    }
}
