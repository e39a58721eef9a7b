package dev.flotilla.registry.schema;

import dev.flotilla.registry.tree.Duplicates;
import dev.flotilla.registry.tree.Quantities;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Holds a body against its kind's fields.
public final class BodyCheck {
    private static final int MOST = 100;

    private final Models models;
    private final Set<String> duplicates;
    private final Set<String> faults = new LinkedHashSet<>();

    private BodyCheck(Models models, Set<String> duplicates) {
        this.models = models;
        this.duplicates = duplicates;
    }

    /// What a strict reader finds, in the order of the body, such as `unknown field
    /// "spec.containers[0].imag"`.
    ///
    /// @param duplicates what was given twice
    /// @throws WrongType at the first value of another type than its field's
    public static List<String> faults(
            Models models, Class<?> kind, ObjectNode body, Duplicates duplicates) {
        var check = new BodyCheck(models, Set.copyOf(duplicates.fields()));
        check.object(body, kind, "", "");
        var faults = check.faults.stream();
        // YAML is read in the order of the alphabet.
        return (duplicates.lines().isEmpty() ? faults : faults.sorted()).toList();
    }

    private void fault(String what, String path) {
        if (faults.size() < MOST) {
            faults.add(what + " field \"" + path + "\"");
        }
    }

    /// @param path with indices, for people
    /// @param plainPath without, as Go writes it
    private void object(ObjectNode object, Class<?> model, String path, String plainPath) {
        var fields = models.fields(model);
        for (var field : object.properties()) {
            var name = field.getKey();
            var shape = fields.get(name);
            if (shape == null) {
                fault("unknown", path + name);
            } else {
                twice(path + name);
                var go = model.getSimpleName() + "." + plainPath + name;
                value(field.getValue(), shape, path + name, plainPath + name, go);
            }
        }
    }

    private void twice(String path) {
        if (!duplicates.isEmpty() && duplicates.contains(path)) {
            fault("duplicate", path);
        }
    }

    private void value(JsonNode value, Shape shape, String path, String plainPath, String go) {
        if (value.isNull()) {
            return;
        }
        switch (shape) {
            case Shape.Text _ -> require(value.isString(), value, go, "string");
            case Shape.Bytes _ -> bytes(value, go);
            case Shape.Time time -> time(value, time);
            case Shape.Whole whole -> whole(value, whole, go);
            case Shape.Real _ -> require(value.isNumber(), value, go, "float64");
            case Shape.Truth _ -> require(value.isBoolean(), value, go, "bool");
            case Shape.Amount _ -> amount(value);
            case Shape.IntOrText _ -> intOrText(value);
            case Shape.Anything _ -> {}
            case Shape.Fields fields -> {
                var type = "v1." + fields.model().getSimpleName();
                require(value.isObject(), value, go, type);
                object((ObjectNode) value, fields.model(), path + ".", plainPath + ".");
            }
            case Shape.ListOf list -> {
                require(value.isArray(), value, go, "[]" + GoTypes.of(list.element()));
                int i = 0;
                for (var element : (ArrayNode) value) {
                    value(element, list.element(), path + "[" + i++ + "]", plainPath, go);
                }
            }
            case Shape.MapOf map -> {
                require(value.isObject(), value, go, "map[string]" + GoTypes.of(map.value()));
                for (var entry : ((ObjectNode) value).properties()) {
                    twice(path + "." + entry.getKey());
                    value(
                            entry.getValue(),
                            map.value(),
                            path + "." + entry.getKey(),
                            plainPath,
                            go);
                }
            }
        }
    }

    private static void whole(JsonNode value, Shape.Whole whole, String go) {
        boolean fits =
                value.isIntegralNumber()
                        && (whole.bits() == 32
                                ? value.canConvertToInt()
                                : value.canConvertToLong());
        require(fits, value, go, "int" + whole.bits());
    }

    private static void intOrText(JsonNode value) {
        if (!value.isString() && !(value.isIntegralNumber() && value.canConvertToInt())) {
            throw new WrongType(GoTypes.noValue(value, "int32"));
        }
    }

    private static void amount(JsonNode value) {
        boolean scalar = value.isString() || value.isNumber();
        if (!scalar || Quantities.parse(value.asString()).isEmpty()) {
            throw new WrongType(
                    "quantities must match the regular expression"
                            + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
    }

    private static void bytes(JsonNode value, String go) {
        require(value.isString(), value, go, "[]uint8");
        try {
            java.util.Base64.getDecoder().decode(value.stringValue());
        } catch (IllegalArgumentException e) {
            throw new WrongType(
                    "illegal base64 data at input byte " + GoTypes.wrongByte(value.stringValue()));
        }
    }

    private static void time(JsonNode value, Shape.Time time) {
        if (!value.isString()) {
            throw new WrongType(GoTypes.noValue(value, "string"));
        }
        if (Moments.plain(value.stringValue())) {
            return;
        }
        try {
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(value.stringValue());
        } catch (DateTimeException e) {
            var layout =
                    time.micro() ? "2006-01-02T15:04:05.000000Z07:00" : "2006-01-02T15:04:05Z07:00";
            throw new WrongType(
                    "parsing time %s as \"%s\": cannot parse %s as \"2006\""
                            .formatted(value, layout, value));
        }
    }

    private static void require(boolean fits, JsonNode value, String go, String type) {
        if (!fits) {
            throw new WrongType(
                    "json: cannot unmarshal %s into Go struct field %s of type %s"
                            .formatted(GoTypes.called(value, type), go, type),
                    GoTypes.unconverted(value, type));
        }
    }
}
