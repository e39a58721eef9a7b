package dev.flotilla.server.call;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One media type with its parameters, as in `Accept` and `Content-Type`.
///
/// @param name lower case, such as `application/json`
public record MediaType(String name, Map<String, String> parameters) {
    public static MediaType of(String text) {
        var parts = text.split(";");
        var parameters = new TreeMap<String, String>();
        for (var i = 1; i < parts.length; i++) {
            var equals = parts[i].indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        unquoted(parts[i].substring(equals + 1).strip()));
            }
        }
        return new MediaType(
                parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT), parameters);
    }

    /// What a client accepts, best first; anything if it doesn't say.
    static List<MediaType> accepted(List<String> headers) {
        var all = new ArrayList<MediaType>();
        for (var header : headers) {
            for (var clause : header.split(",")) {
                if (!clause.isBlank()) {
                    all.add(of(clause));
                }
            }
        }
        if (all.isEmpty()) {
            return List.of(of("*/*"));
        }
        all.sort(Comparator.comparingDouble(MediaType::quality).reversed());
        return all;
    }

    public String parameter(String key) {
        return parameters.getOrDefault(key, "");
    }

    private double quality() {
        try {
            return parameters.containsKey("q") ? Double.parseDouble(parameter("q")) : 1;
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
