package dev.flotilla.registry;

/// One thing that is wrong with an object, with Kubernetes' words for it.
///
/// @param reason such as `FieldValueInvalid`
/// @param field such as `spec.containers[0].image`
/// @param message without the field, such as `Required value`
public record Problem(String reason, String field, String message) {
    public static Problem required(String field, String why) {
        return new Problem(
                "FieldValueRequired",
                field,
                why.isEmpty() ? "Required value" : "Required value: " + why);
    }

    /// @param value as JSON
    public static Problem invalid(String field, Object value, String why) {
        var said = "Invalid value: " + value;
        return new Problem("FieldValueInvalid", field, why.isEmpty() ? said : said + ": " + why);
    }

    public static Problem forbidden(String field, String why) {
        return new Problem("FieldValueForbidden", field, "Forbidden: " + why);
    }

    /// @param value as JSON
    public static Problem duplicate(String field, Object value) {
        return new Problem("FieldValueDuplicate", field, "Duplicate value: " + value);
    }

    /// @param value as JSON
    /// @param supported each one as JSON
    public static Problem unsupported(String field, Object value, Iterable<String> supported) {
        return new Problem(
                "FieldValueNotSupported",
                field,
                "Unsupported value: "
                        + value
                        + ": supported values: "
                        + String.join(", ", supported));
    }

    public static Problem tooLong(String field, int max) {
        return new Problem(
                "FieldValueTooLong",
                field,
                "Too long: may not be more than %d bytes".formatted(max));
    }

    public static Problem notFound(String field, Object value) {
        return new Problem("FieldValueNotFound", field, "Not found: " + value);
    }
}
