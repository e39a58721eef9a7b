package dev.flotilla.registry.schema;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

/// What Kubernetes' OpenAPI says of a property beyond its type: defaults and `x-kubernetes-…`.
final class Extensions {
    private Extensions() {}

    /// @param required the object can't do without it
    static void add(ObjectNode property, Shape shape, FieldFacts facts, boolean required) {
        standIn(property, shape, facts, required);
        switch (shape) {
            case Shape.ListOf _ -> list(property, facts);
            case Shape.MapOf _ -> {
                if (facts.atomic()) {
                    property.put("x-kubernetes-map-type", "atomic");
                }
            }
            default -> {}
        }
        if (facts.granular()) {
            property.put("x-kubernetes-map-type", "granular");
        }
        if (facts.mergeKey() != null) {
            property.put("x-kubernetes-patch-merge-key", facts.mergeKey());
        }
        if (!facts.strategy().isEmpty()) {
            property.put("x-kubernetes-patch-strategy", facts.strategy());
        }
    }

    /// That one field says whether another is meant.
    static void union(ObjectNode schema, String says, String meant) {
        var named = Character.toUpperCase(meant.charAt(0)) + meant.substring(1);
        schema.putArray("x-kubernetes-unions")
                .addObject()
                .put("discriminator", says)
                .putObject("fields-to-discriminateBy")
                .put(meant, named);
    }

    private static void list(ObjectNode property, FieldFacts facts) {
        if (!facts.keys().isEmpty()) {
            facts.keys().forEach(property.putArray("x-kubernetes-list-map-keys")::add);
        }
        property.put("x-kubernetes-list-type", facts.listType());
    }

    /// What Go makes of a value that is left out: a default, or for what it holds by value the zero
    /// of its type.
    private static void standIn(
            ObjectNode property, Shape shape, FieldFacts facts, boolean required) {
        if (facts.otherwise() != null) {
            otherwise(property, shape, facts.otherwise());
            return;
        }
        switch (shape) {
            case Shape.Fields _ -> {
                if (facts.always()) {
                    property.set("default", Tree.empty());
                }
            }
            case Shape.Text _ -> {
                if (required) {
                    property.put("default", "");
                }
            }
            case Shape.Whole _ -> {
                if (required) {
                    property.put("default", 0);
                }
            }
            case Shape.Truth _ -> {
                if (required) {
                    property.put("default", false);
                }
            }
            case Shape.ListOf list when list.element() instanceof Shape.Fields ->
                    property.withObject("items").set("default", Tree.empty());
            case Shape.ListOf list when list.element() instanceof Shape.Text ->
                    property.withObject("items").put("default", "");
            case Shape.MapOf map when map.value() instanceof Shape.Text ->
                    property.withObject("additionalProperties").put("default", "");
            default -> {}
        }
    }

    private static void otherwise(ObjectNode property, Shape shape, String value) {
        switch (shape) {
            case Shape.Whole _ -> property.put("default", Long.parseLong(value));
            case Shape.Truth _ -> property.put("default", Boolean.parseBoolean(value));
            default -> property.put("default", value);
        }
    }
}
