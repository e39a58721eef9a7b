package dev.flotilla.registry.schema;

import tools.jackson.databind.JsonNode;

import java.util.regex.Pattern;

/// What Go calls the types of fields, and how it says that a value is of another.
final class GoTypes {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\r\\n]*");

    private GoTypes() {}

    static String of(Shape shape) {
        return switch (shape) {
            case Shape.Text _ -> "string";
            case Shape.Bytes _ -> "[]uint8";
            case Shape.Time time -> time.micro() ? "v1.MicroTime" : "v1.Time";
            case Shape.Whole whole -> "int" + whole.bits();
            case Shape.Real _ -> "float64";
            case Shape.Truth _ -> "bool";
            case Shape.Amount _ -> "resource.Quantity";
            case Shape.IntOrText _ -> "intstr.IntOrString";
            case Shape.Anything _ -> "interface {}";
            case Shape.Fields fields -> "v1." + fields.model().getSimpleName();
            case Shape.ListOf list -> "[]" + of(list.element());
            case Shape.MapOf map -> "map[string]" + of(map.value());
        };
    }

    /// @param type that was asked for: a number that is none of that type is told
    static String called(JsonNode value, String type) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "bool";
            case NUMBER -> type.startsWith("int") ? "number " + value : "number";
            case OBJECT, POJO -> "object";
            case STRING, BINARY -> "string";
            case NULL, MISSING -> "null";
        };
    }

    /// Said where a type reads itself, which knows no field.
    static String noValue(JsonNode value, String type) {
        return "json: cannot unmarshal %s into Go value of type %s"
                .formatted(called(value, type), type);
    }

    /// Said where a tree is turned into what it is of.
    static String unconverted(JsonNode value, String type) {
        if (type.startsWith("[]")) {
            return "cannot restore slice from " + kind(value);
        }
        if (type.startsWith("map[")) {
            return "cannot restore map from " + kind(value);
        }
        if (type.startsWith("v1.")) {
            return "cannot restore struct from: " + kind(value);
        }
        boolean whole = type.startsWith("int");
        boolean near = value.isIntegralNumber() ? whole || type.equals("string") : whole;
        return value.isNumber() && near
                ? "cannot convert " + kind(value) + " to " + type
                : "unrecognized type: " + type;
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "slice";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
            case OBJECT, POJO -> "map";
            case STRING, BINARY, NULL, MISSING -> "string";
        };
    }

    /// Where a text stops being base64.
    static int wrongByte(String text) {
        var m = BASE64.matcher(text);
        int good = m.lookingAt() ? m.end() : 0;
        return good == text.length() ? good - good % 4 : good;
    }
}
