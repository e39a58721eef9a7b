package dev.flotilla.registry.apply;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.stream.Collectors;

/// The elements of a path: a field by its name, an element of a list by its keys or its value.
final class Elements {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Elements() {}

    static String field(String name) {
        return "f:" + name;
    }

    static String value(JsonNode value) {
        return "v:" + value;
    }

    /// Of an element of a list; one that can't be told from others by what its list wants goes by
    /// its place.
    static String of(Type list, JsonNode element, int place) {
        var found =
                switch (list) {
                    case Type.Keyed keyed -> key(keyed, element);
                    case Type.SetOf _ -> element.isContainer() ? null : value(element);
                    case Type.Leaf _, Type.Open _, Type.Struct _, Type.MapOf _ -> null;
                };
        return found == null ? "i:" + place : found;
    }

    /// @return null if a key is missing that has no default
    static @Nullable String key(Type.Keyed list, JsonNode element) {
        var text = new StringBuilder("k:{");
        for (var key : list.keys()) {
            var value = element.get(key.name());
            value = value == null || value.isNull() ? key.otherwise() : value;
            if (value == null) {
                return null;
            }
            text.append(text.length() == 3 ? "\"" : ",\"");
            text.append(key.name()).append("\":").append(value);
        }
        return text.append('}').toString();
    }

    /// Whether it begins as elements do, and is well formed.
    ///
    /// @throws BadManagedFields if it begins so and is not
    static boolean known(String element) {
        if (element.startsWith("k:")) {
            if (!parsed(element).isObject()) {
                throw new BadManagedFields("the keys of " + element + " must be an object");
            }
            return true;
        }
        if (element.startsWith("v:")) {
            parsed(element);
            return true;
        }
        if (element.startsWith("i:")) {
            if (!element.matches("i:-?[0-9]{1,9}")) {
                throw new BadManagedFields(element + " must end with a number");
            }
            return true;
        }
        if (element.length() < 2 || element.charAt(1) != ':') {
            throw new BadManagedFields("an element of a path must not be " + element);
        }
        return element.startsWith("f:");
    }

    /// As Kubernetes' messages write it: `.name`, `[name="a",port=80]`, `[="a"]`, `[0]`.
    static String text(String element) {
        return switch (element.charAt(0)) {
            case 'f' -> "." + element.substring(2);
            case 'k' ->
                    parsed(element).properties().stream()
                            .map(f -> f.getKey() + "=" + f.getValue())
                            .collect(Collectors.joining(",", "[", "]"));
            case 'v' -> "[=" + parsed(element) + "]";
            default -> "[" + element.substring(2) + "]";
        };
    }

    private static JsonNode parsed(String element) {
        try {
            return JSON.readTree(element.substring(2));
        } catch (JacksonException e) {
            throw new BadManagedFields(element + " is no JSON: " + e.getOriginalMessage());
        }
    }
}
