package dev.flotilla.registry.apply;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Whether what is to be applied can be: every field known, every element of a list told from the
/// others.
public final class Typing {
    private final List<String> problems = new ArrayList<>();

    private Typing() {}

    /// In Kubernetes' words; empty if all is well.
    public static Optional<String> problem(Type type, JsonNode wanted) {
        var typing = new Typing();
        typing.value(type, wanted, "");
        return switch (typing.problems.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(typing.problems.getFirst());
            default -> Optional.of("errors:\n  " + String.join("\n  ", typing.problems));
        };
    }

    private void value(Type type, JsonNode value, String path) {
        if (value.isNull()) {
            return;
        }
        switch (type) {
            case Type.Struct struct -> {
                if (expect(value.isObject(), "map", value, path)) {
                    struct(struct, value, path);
                }
            }
            case Type.MapOf map -> {
                if (expect(value.isObject(), "map", value, path)) {
                    value.properties()
                            .forEach(
                                    f -> value(map.value(), f.getValue(), path + "." + f.getKey()));
                }
            }
            case Type.SetOf _, Type.Keyed _ -> {
                if (expect(value.isArray(), "list", value, path)) {
                    list(type, value, path);
                }
            }
            case Type.Leaf _, Type.Open _ -> {}
        }
    }

    private boolean expect(boolean fits, String kind, JsonNode value, String path) {
        if (!fits) {
            problems.add(path + ": expected " + kind + ", got " + value);
        }
        return fits;
    }

    private void struct(Type.Struct struct, JsonNode value, String path) {
        for (var field : value.properties()) {
            var at = path + "." + field.getKey();
            var of = struct.field(field.getKey());
            if (of == null) {
                problems.add(at + ": field not declared in schema");
                return;
            }
            value(of, field.getValue(), at);
        }
    }

    private void list(Type type, JsonNode list, String path) {
        var seen = new HashSet<String>();
        int i = 0;
        for (var element : list) {
            var problem = untellable(type, element);
            if (problem.isPresent()) {
                problems.add("%s: element %d: %s".formatted(path, i, problem.get()));
                return;
            }
            var name = Elements.of(type, element, i++);
            if (!seen.add(name)) {
                problems.add(
                        "%s: duplicate entries for key %s".formatted(path, Elements.text(name)));
            }
            if (type instanceof Type.Keyed keyed) {
                value(keyed.element(), element, path + Elements.text(name));
            }
        }
    }

    private static Optional<String> untellable(Type type, JsonNode element) {
        if (!(type instanceof Type.Keyed keyed)) {
            return Optional.of(element)
                    .filter(e -> e.isContainer() || e.isNull())
                    .map(
                            e ->
                                    e.isObject()
                                            ? "associative list without keys has an element that's"
                                                    + " a map type"
                                            : e.isArray()
                                                    ? "not supported: associative list with lists"
                                                            + " as elements"
                                                    : "associative list without keys has an element"
                                                            + " that's an explicit null");
        }
        if (element.isNull()) {
            return Optional.of("associative list with keys may not have a null element");
        }
        if (!element.isObject()) {
            return Optional.of("associative list with keys may not have non-map elements");
        }
        return keyed.keys().stream()
                .filter(k -> !element.has(k.name()) && k.otherwise() == null)
                .findFirst()
                .map(
                        k ->
                                ("associative list with keys has an element that omits key field"
                                                + " \"%s\" (and doesn't have default value)")
                                        .formatted(k.name()));
    }
}
