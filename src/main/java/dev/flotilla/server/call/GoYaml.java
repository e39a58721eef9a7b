package dev.flotilla.server.call;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;

import java.util.Map;
import java.util.TreeMap;

/// What is wrong with a text that is no YAML, in the words of Kubernetes' own reader.
final class GoYaml {
    /// Ours begins so; theirs says so.
    private static final Map<String, String> WORDS =
            new TreeMap<>(
                    Map.of(
                            "expected the node content",
                            "did not find expected node content",
                            "expected ',' or ']'",
                            "did not find expected ',' or ']'",
                            "expected ',' or '}'",
                            "did not find expected ',' or '}'",
                            "expected '<document start>'",
                            "did not find expected <document start>",
                            "mapping values are not allowed",
                            "mapping values are not allowed in this context",
                            "cannot start any token",
                            "found character that cannot start any token",
                            "could not find expected ':'",
                            "could not find expected ':'",
                            "found unexpected end of stream",
                            "found unexpected end of stream",
                            "while parsing a block mapping",
                            "did not find expected key",
                            "while parsing a block collection",
                            "did not find expected '-' indicator"));

    private GoYaml() {}

    static String error(RuntimeException e) {
        return e instanceof JacksonException parsing
                ? "yaml: " + line(parsing) + said(parsing.getOriginalMessage())
                : "yaml: " + said(e.getMessage());
    }

    private static String line(JacksonException e) {
        var at = e.getLocation();
        return at == null || at.getLineNr() < 1 ? "" : "line %d: ".formatted(at.getLineNr());
    }

    /// One line, without the names of Java's classes, which tell a client nothing.
    private static String said(@Nullable String message) {
        var text = String.valueOf(message);
        return WORDS.entrySet().stream()
                .filter(w -> text.contains(w.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(
                        () ->
                                text.lines()
                                        .findFirst()
                                        .orElse("")
                                        .replaceAll(
                                                "\\b[a-z]\\w*(\\.[a-z]\\w*)+\\.[A-Z][\\w$]*(: )?",
                                                ""));
    }
}
