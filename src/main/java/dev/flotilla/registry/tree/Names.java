package dev.flotilla.registry.tree;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What Kubernetes takes as a name, a label, a label's value. Each answers why not.
public final class Names {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String SERVICE = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String WILDCARD = "\\*\\." + SUBDOMAIN;
    private static final Pattern WILDCARD_PATTERN = Pattern.compile(WILDCARD);
    private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);
    private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);
    private static final Pattern QUALIFIED_PATTERN = Pattern.compile(QUALIFIED);
    private static final Pattern SERVICE_PATTERN = Pattern.compile(SERVICE);

    private Names() {}

    /// RFC 1123 subdomain, at most 253 characters.
    public static Optional<String> subdomain(String name) {
        if (name.length() > 253) {
            return tooLong(253);
        }
        return matches(
                SUBDOMAIN_PATTERN,
                name,
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                        + " '-' or '.', and must start and end with an alphanumeric character"
                        + " (e.g. 'example.com', regex used for validation is '"
                        + "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
    }

    /// RFC 1123 subdomain whose first part is `*`, at most 253 characters.
    public static Optional<String> wildcard(String name) {
        if (name.length() > 253) {
            return tooLong(253);
        }
        return matches(
                WILDCARD_PATTERN,
                name,
                "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS"
                        + " subdomain, which must consist of lower case alphanumeric characters,"
                        + " '-' or '.' and end with an alphanumeric character (e.g."
                        + " '*.example.com', regex used for validation is '"
                        + WILDCARD
                        + "')");
    }

    /// RFC 1123 label, at most 63 characters.
    public static Optional<String> label(String name) {
        if (name.length() > 63) {
            return tooLong(63);
        }
        return matches(
                LABEL_PATTERN,
                name,
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                        + " '-', and must start and end with an alphanumeric character (e.g."
                        + " 'my-name',  or '123-abc', regex used for validation is '"
                        + LABEL
                        + "')");
    }

    /// RFC 1035 label, at most 63 characters.
    public static Optional<String> serviceLabel(String name) {
        if (name.length() > 63) {
            return tooLong(63);
        }
        return matches(
                SERVICE_PATTERN,
                name,
                "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start"
                        + " with an alphabetic character, and end with an alphanumeric character"
                        + " (e.g. 'my-name',  or 'abc-123', regex used for validation is '"
                        + SERVICE
                        + "')");
    }

    /// Part of a path.
    public static Optional<String> segment(String name) {
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("may not be '" + name + "'");
        }
        return Stream.of("/", "%")
                .filter(name::contains)
                .findFirst()
                .map(c -> "may not contain '" + c + "'");
    }

    /// The key of a label or annotation: a name with an optional DNS prefix.
    public static Optional<String> qualified(String key) {
        int slash = key.indexOf('/');
        var name = key.substring(slash + 1);
        if (slash == 0) {
            return Optional.of("prefix part must be non-empty");
        }
        if (slash > 0) {
            if (name.indexOf('/') >= 0) {
                return Optional.of(
                        "a qualified name must consist of alphanumeric characters, '-', '_' or"
                                + " '.', and must start and end with an alphanumeric character"
                                + " (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                                + " validation is '"
                                + QUALIFIED
                                + "') with an optional DNS subdomain prefix and '/' (e.g."
                                + " 'example.com/MyName')");
            }
            var prefix = subdomain(key.substring(0, slash));
            if (prefix.isPresent()) {
                return prefix.map(why -> "prefix part " + why);
            }
        }
        if (name.isEmpty()) {
            return Optional.of("name part must be non-empty");
        }
        if (name.length() > 63) {
            return tooLong(63).map(why -> "name part " + why);
        }
        return matches(
                QUALIFIED_PATTERN,
                name,
                "name part must consist of alphanumeric characters, '-', '_' or '.', and must"
                        + " start and end with an alphanumeric character (e.g. 'MyName',  or"
                        + " 'my.name',  or '123-abc', regex used for validation is '"
                        + QUALIFIED
                        + "')");
    }

    /// The value of a label.
    public static Optional<String> labelValue(String value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.length() > 63) {
            return tooLong(63);
        }
        return matches(
                QUALIFIED_PATTERN,
                value,
                "a valid label must be an empty string or consist of alphanumeric characters, '-',"
                        + " '_' or '.', and must start and end with an alphanumeric character (e.g."
                        + " 'MyValue',  or 'my_value',  or '12345', regex used for validation is '("
                        + QUALIFIED
                        + ")?')");
    }

    private static Optional<String> tooLong(int max) {
        return Optional.of("must be no more than %d characters".formatted(max));
    }

    private static Optional<String> matches(Pattern pattern, String text, String otherwise) {
        return pattern.matcher(text).matches() ? Optional.empty() : Optional.of(otherwise);
    }
}
