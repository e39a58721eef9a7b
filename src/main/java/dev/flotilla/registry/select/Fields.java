package dev.flotilla.registry.select;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// A field selector: `metadata.name=a,status.phase!=Running`.
public record Fields(List<Term> terms) {
    public static final Fields ALL = new Fields(List.of());

    /// One comparison.
    public record Term(Function<ObjectNode, String> read, String value, boolean equal) {}

    /// @param selectable what may be named, and how it is read
    /// @throws BadSelector if it can't be read or names another field
    public static Fields parse(String text, Map<String, Function<ObjectNode, String>> selectable) {
        if (text.isBlank()) {
            return ALL;
        }
        var terms = new ArrayList<Term>();
        for (var part : split(text)) {
            if (!part.isEmpty()) {
                terms.add(term(part, text, selectable));
            }
        }
        return new Fields(List.copyOf(terms));
    }

    public boolean matches(ObjectNode object) {
        return terms.stream().allMatch(t -> t.read.apply(object).equals(t.value) == t.equal);
    }

    private static Term term(
            String part, String whole, Map<String, Function<ObjectNode, String>> selectable) {
        int at = part.indexOf('=');
        if (at < 0) {
            throw new BadSelector(
                    "invalid selector: '%s'; can't understand '%s'".formatted(whole, part));
        }
        boolean equal = at == 0 || part.charAt(at - 1) != '!';
        var field = part.substring(0, equal ? at : at - 1);
        int from = part.startsWith("==", at) ? at + 2 : at + 1;
        var read = selectable.get(field);
        if (read == null) {
            throw unknown(field, selectable.keySet());
        }
        return new Term(read, unescaped(part.substring(from)), equal);
    }

    private static BadSelector unknown(String field, Set<String> selectable) {
        return new BadSelector(
                selectable.stream().allMatch(f -> f.startsWith("metadata."))
                        ? "\"%s\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                                .formatted(field)
                        : "field label not supported: " + field);
    }

    /// At the commas that no backslash precedes.
    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == ',') {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    /// A comma, an equals sign and a backslash that stand for themselves follow a backslash.
    private static String unescaped(String value) {
        var plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '=') {
                throw new BadSelector(
                        "invalid field selector: unescaped character in value: " + (int) c);
            }
            if (c == '\\') {
                i++;
                if (i == value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
                    throw new BadSelector(
                            "invalid field selector: invalid escape sequence: "
                                    + value.substring(i - 1, Math.min(i + 1, value.length())));
                }
            }
            plain.append(value.charAt(i));
        }
        return plain.toString();
    }
}
