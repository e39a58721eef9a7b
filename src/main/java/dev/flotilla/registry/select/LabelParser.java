package dev.flotilla.registry.select;

import dev.flotilla.registry.select.Labels.Absent;
import dev.flotilla.registry.select.Labels.Compare;
import dev.flotilla.registry.select.Labels.Exists;
import dev.flotilla.registry.select.Labels.In;
import dev.flotilla.registry.select.Labels.NotIn;
import dev.flotilla.registry.select.Labels.Requirement;
import dev.flotilla.registry.tree.Names;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1`.
public final class LabelParser {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(==|!=|=|!|,|\\(|\\)|>|<|[^\\s=!,()<>]+)\\s*");

    /// No requirement begins so.
    private static final Set<String> SIGNS = Set.of("", "=", "==", "!=", ",", "(", ")", ">", "<");

    private final List<String> tokens;
    private int next;

    private LabelParser(List<String> tokens) {
        this.tokens = tokens;
    }

    /// @throws BadSelector if it can't be read
    public static Labels parse(String text) {
        if (text.isBlank()) {
            return Labels.ALL;
        }
        return new Labels(new LabelParser(tokens(text)).requirements());
    }

    private static List<String> tokens(String text) {
        var tokens = new ArrayList<String>();
        Matcher m = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length() && m.find(at) && m.start() == at) {
            tokens.add(m.group(1));
            at = m.end();
        }
        if (at < text.length()) {
            throw new BadSelector(
                    "unable to parse requirement: found '" + text.substring(at) + "'");
        }
        return tokens;
    }

    private List<Requirement> requirements() {
        var all = new ArrayList<Requirement>();
        var wanted = "!, identifier, or 'end of string'";
        while (true) {
            if (SIGNS.contains(peek())) {
                throw new BadSelector("found '%s', expected: %s".formatted(peek(), wanted));
            }
            all.add(requirement());
            if (next == tokens.size()) {
                return List.copyOf(all);
            }
            if (!peek().equals(",")) {
                throw new BadSelector(
                        "found '%s', expected: ',' or 'end of string'".formatted(peek()));
            }
            next++;
            wanted = "identifier after ','";
        }
    }

    private Requirement requirement() {
        if (peek().equals("!")) {
            next++;
            if (peek().equals("!") || SIGNS.contains(peek())) {
                throw unexpected("identifier");
            }
            return new Absent(key());
        }
        var key = key();
        switch (peek()) {
            case "", "," -> {
                return new Exists(key);
            }
            default -> {}
        }
        var operator = take();
        return switch (operator) {
            case "=", "==" -> new In(key, Set.of(value(key)));
            case "!=" -> new NotIn(key, Set.of(value(key)));
            case "in" -> new In(key, values(key));
            case "notin" -> new NotIn(key, values(key));
            case ">", "<" -> new Compare(key, number(key), operator.equals(">"));
            default ->
                    throw new BadSelector(
                            "unable to parse requirement: found '%s', expected: in, notin, =, ==,"
                                            .formatted(operator)
                                    + " !=, gt, lt");
        };
    }

    private String key() {
        var key = take();
        var wrong = Names.qualified(key);
        if (!wrong.isEmpty()) {
            throw new BadSelector(
                    "unable to parse requirement: <nil>: Invalid value: \"%s\": %s"
                            .formatted(key, String.join("; ", wrong)));
        }
        return key;
    }

    private String value(String key) {
        return peek().isEmpty() || peek().equals(",") ? "" : checked(key, take());
    }

    private long number(String key) {
        var text = take();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new BadSelector(
                    "unable to parse requirement: values[0][%s]: Invalid value: \"%s\": for 'Gt',"
                                    .formatted(key, text)
                            + " 'Lt' operators, the value must be an integer");
        }
    }

    private Set<String> values(String key) {
        expect("(");
        var values = new LinkedHashSet<String>();
        var wanted = "',', ')' or identifier";
        while (true) {
            if (peek().isEmpty()) {
                throw unexpected(wanted);
            }
            values.add(peek().equals(",") || peek().equals(")") ? "" : checked(key, take()));
            if (peek().equals(")")) {
                next++;
                return Set.copyOf(values);
            }
            if (!peek().equals(",")) {
                throw unexpected("',' or ')'");
            }
            next++;
            wanted = "',', or identifier";
        }
    }

    private static String checked(String key, String value) {
        var wrong = Names.labelValue(value);
        if (!wrong.isEmpty()) {
            throw new BadSelector(
                    "unable to parse requirement: values[0][%s]: Invalid value: \"%s\": %s"
                            .formatted(key, value, String.join("; ", wrong)));
        }
        return value;
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        var token = peek();
        if (token.isEmpty()) {
            throw new BadSelector("unable to parse requirement: found '', expected: identifier");
        }
        next++;
        return token;
    }

    private BadSelector unexpected(String expected) {
        return new BadSelector(
                "unable to parse requirement: found '%s', expected: %s"
                        .formatted(peek(), expected));
    }

    private void expect(String token) {
        if (!peek().equals(token)) {
            throw unexpected("'" + token + "'");
        }
        next++;
    }
}
