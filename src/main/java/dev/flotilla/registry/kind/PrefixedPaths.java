package dev.flotilla.registry.kind;

import java.util.regex.Pattern;

/// Names such as `acme.io/foo`, by which controllers are told apart.
public final class PrefixedPaths {
    private static final String PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
    private static final Pattern PATH_PATTERN = Pattern.compile(PATH);

    private PrefixedPaths() {}

    public static void check(String name, String field, Problems problems) {
        int slash = name.indexOf('/');
        if (name.isEmpty()) {
            problems.required(field, "");
            return;
        }
        if (slash < 1 || slash == name.length() - 1) {
            problems.invalid(
                    field, name, "must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }
        Checks.subdomain(name.substring(0, slash), field, problems);
        var path = name.substring(slash + 1);
        if (!PATH_PATTERN.matcher(path).matches()) {
            problems.invalid(
                    field, path, "Invalid path (regex used for validation is '" + PATH + "')");
        }
    }
}
