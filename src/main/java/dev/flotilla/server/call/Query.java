package dev.flotilla.server.call;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

import java.util.List;
import java.util.Locale;

/// The parameters of a request, read as leniently as Kubernetes reads them.
public record Query(Fields fields) {
    public static Query of(Request request) {
        try {
            return new Query(Request.extractQueryParameters(request));
        } catch (RuntimeException e) {
            throw Refusal.badRequest("the query string is not well formed");
        }
    }

    /// The value, or an empty text.
    public String text(String name) {
        var value = fields.getValue(name);
        return value == null ? "" : value;
    }

    public List<String> all(String name) {
        return fields.getValuesOrEmpty(name);
    }

    public boolean has(String name) {
        return fields.get(name) != null;
    }

    /// True when it is there and says neither `false` nor `0`.
    public boolean flag(String name) {
        return has(name)
                && switch (text(name).toLowerCase(Locale.ROOT)) {
                    case "false", "0" -> false;
                    default -> true;
                };
    }

    /// The number, or `absent`.
    ///
    /// @throws Refusal 400 if it is no number
    public long number(String name, long absent) {
        var text = text(name);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Refusal.badRequest(
                    "strconv.ParseInt: parsing \"%s\": %s"
                            .formatted(
                                    text,
                                    text.matches("[+-]?[0-9]+")
                                            ? "value out of range"
                                            : "invalid syntax"));
        }
    }
}
