package dev.flotilla.registry.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What Kubernetes takes as a name, a label, a label's value. Each answers all that is wrong with
/// it.
public final class Names {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String SERVICE = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String WILDCARD = "\\*\\." + SUBDOMAIN;
    private static final String UNDERSCORED_LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final String UNDERSCORED = UNDERSCORED_LABEL + "(\\." + UNDERSCORED_LABEL + ")*";
    private static final String DATA_KEY = "[-._a-zA-Z0-9]+";
    private static final Pattern WILDCARD_PATTERN = Pattern.compile(WILDCARD);
    private static final Pattern UNDERSCORED_PATTERN = Pattern.compile(UNDERSCORED);
    private static final Pattern DATA_KEY_PATTERN = Pattern.compile(DATA_KEY);
    private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);
    private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);
    private static final Pattern QUALIFIED_PATTERN = Pattern.compile(QUALIFIED);
    private static final Pattern SERVICE_PATTERN = Pattern.compile(SERVICE);

    /// What is longer is not looked into.
    private static final int LONGEST = 1024;

    private Names() {}

    /// RFC 1123 subdomain, at most 253 characters.
    public static List<String> subdomain(String name) {
        return check(
                name,
                253,
                SUBDOMAIN_PATTERN,
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                        + " '-' or '.', and must start and end with an alphanumeric character"
                        + " (e.g. 'example.com', regex used for validation is '"
                        + SUBDOMAIN
                        + "')");
    }

    /// As a subdomain, with `_` where it has `-`; what searches for names may begin with.
    public static List<String> underscored(String name) {
        return check(
                name,
                253,
                UNDERSCORED_PATTERN,
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                        + " '_', '-' or '.', and must start and end with an alphanumeric character"
                        + " (e.g. 'example.com', regex used for validation is '"
                        + UNDERSCORED
                        + "')");
    }

    /// RFC 1123 subdomain whose first part is `*`, at most 253 characters.
    public static List<String> wildcard(String name) {
        return check(
                name,
                253,
                WILDCARD_PATTERN,
                "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS"
                        + " subdomain, which must consist of lower case alphanumeric characters,"
                        + " '-' or '.' and end with an alphanumeric character (e.g."
                        + " '*.example.com', regex used for validation is '"
                        + WILDCARD
                        + "')");
    }

    /// RFC 1123 label, at most 63 characters.
    public static List<String> label(String name) {
        boolean dotted = name.indexOf('.') >= 0 && subdomain(name).isEmpty();
        return check(
                name,
                63,
                LABEL_PATTERN,
                dotted
                        ? "must not contain dots"
                        : "a lowercase RFC 1123 label must consist of lower case alphanumeric"
                                + " characters or '-', and must start and end with an alphanumeric"
                                + " character (e.g. 'my-name',  or '123-abc', regex used for"
                                + " validation is '"
                                + LABEL
                                + "')");
    }

    /// RFC 1035 label, at most 63 characters.
    public static List<String> serviceLabel(String name) {
        return check(
                name,
                63,
                SERVICE_PATTERN,
                "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start"
                        + " with an alphabetic character, and end with an alphanumeric character"
                        + " (e.g. 'my-name',  or 'abc-123', regex used for validation is '"
                        + SERVICE
                        + "')");
    }

    /// The key of a value in a config map or secret.
    public static List<String> dataKey(String key) {
        var all =
                new ArrayList<>(
                        check(
                                key,
                                253,
                                DATA_KEY_PATTERN,
                                "a valid config key must consist of alphanumeric characters, '-',"
                                        + " '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or"
                                        + " 'key-name', regex used for validation is '"
                                        + DATA_KEY
                                        + "')"));
        if (key.equals(".")) {
            all.add("must not be '.'");
        } else if (key.equals("..")) {
            all.add("must not be '..'");
        } else if (key.startsWith("..")) {
            all.add("must not start with '..'");
        }
        return all;
    }

    /// Part of a path.
    public static List<String> segment(String name) {
        if (name.equals(".") || name.equals("..")) {
            return List.of("may not be '" + name + "'");
        }
        return Stream.of("/", "%")
                .filter(name::contains)
                .map(c -> "may not contain '" + c + "'")
                .toList();
    }

    /// The key of a label or annotation: a name with an optional DNS prefix.
    public static List<String> qualified(String key) {
        int slash = key.indexOf('/');
        var name = key.substring(slash + 1);
        if (name.indexOf('/') >= 0) {
            return List.of(
                    "a qualified name must consist of alphanumeric characters, '-', '_' or"
                            + " '.', and must start and end with an alphanumeric character"
                            + " (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                            + " validation is '"
                            + QUALIFIED
                            + "') with an optional DNS subdomain prefix and '/' (e.g."
                            + " 'example.com/MyName')");
        }
        var all = new ArrayList<String>();
        if (slash == 0) {
            all.add("prefix part must be non-empty");
        } else if (slash > 0) {
            subdomain(key.substring(0, slash)).forEach(why -> all.add("prefix part " + why));
        }
        if (name.isEmpty()) {
            all.add("name part must be non-empty");
        }
        check(
                        name,
                        63,
                        QUALIFIED_PATTERN,
                        "must consist of alphanumeric characters, '-', '_' or '.', and must start"
                                + " and end with an alphanumeric character (e.g. 'MyName',  or"
                                + " 'my.name',  or '123-abc', regex used for validation is '"
                                + QUALIFIED
                                + "')")
                .forEach(why -> all.add("name part " + why));
        return all;
    }

    /// The value of a label.
    public static List<String> labelValue(String value) {
        return value.isEmpty()
                ? List.of()
                : check(
                        value,
                        63,
                        QUALIFIED_PATTERN,
                        "a valid label must be an empty string or consist of alphanumeric"
                                + " characters, '-', '_' or '.', and must start and end with an"
                                + " alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
                                + " '12345', regex used for validation is '("
                                + QUALIFIED
                                + ")?')");
    }

    private static List<String> check(String text, int most, Pattern pattern, String otherwise) {
        var all = new ArrayList<String>();
        if (text.length() > most) {
            all.add("must be no more than %d characters".formatted(most));
        }
        if (text.length() <= LONGEST && !pattern.matcher(text).matches()) {
            all.add(otherwise);
        }
        return all;
    }
}
