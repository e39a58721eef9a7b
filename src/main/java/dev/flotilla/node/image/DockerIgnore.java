package dev.flotilla.node.image;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a `.dockerignore` keeps out of a build. The last rule that names a path, or a folder above
/// it, decides.
///
/// @param exceptions whether any rule takes something back in
record DockerIgnore(List<Rule> rules, boolean exceptions) {
    static final DockerIgnore NOTHING = new DockerIgnore(List.of(), false);

    record Rule(Pattern pattern, boolean keeps) {}

    static DockerIgnore parse(List<String> lines) {
        var rules = new ArrayList<Rule>();
        for (var line : lines) {
            var text = line.strip();
            if (line.startsWith("#") || text.isEmpty()) {
                continue;
            }
            boolean keeps = text.startsWith("!");
            var clean = clean(keeps ? text.substring(1).strip() : text);
            if (clean.isEmpty()) {
                continue;
            }
            var pattern =
                    Glob.of(clean)
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "'%s' in .dockerignore is no pattern"
                                                            .formatted(text)));
            rules.add(new Rule(pattern, keeps));
        }
        return new DockerIgnore(List.copyOf(rules), rules.stream().anyMatch(Rule::keeps));
    }

    /// @param path below the folder, with `/`
    boolean keepsOut(String path) {
        boolean out = false;
        for (var rule : rules) {
            if (rule.keeps() == out && matches(rule.pattern(), path)) {
                out = !out;
            }
        }
        return out;
    }

    private static boolean matches(Pattern pattern, String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (pattern.matcher(path.substring(0, end)).matches()) {
                return true;
            }
        }
        return false;
    }

    /// `/a/./b/../c/` is `a/c`.
    private static String clean(String pattern) {
        var parts = new ArrayList<String>();
        for (var part : List.of(pattern.split("/", -1))) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
