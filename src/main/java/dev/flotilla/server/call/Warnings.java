package dev.flotilla.server.call;

import org.eclipse.jetty.http.HttpFields;

import java.util.LinkedHashSet;
import java.util.List;

/// The `Warning` headers of an answer: each text once, and cut short when there is too much to say.
final class Warnings {
    private static final String HEADER = "Warning";
    private static final int ALL = 4 * 1024;
    private static final int ONE = 256;

    private Warnings() {}

    static void add(HttpFields.Mutable headers, String text) {
        var all = new LinkedHashSet<>(headers.getValuesList(HEADER));
        var next = header(text);
        if (!all.add(next)) {
            return;
        }
        if (all.stream().mapToInt(String::length).sum() <= ALL) {
            headers.add(HEADER, next);
            return;
        }
        headers.remove(HEADER);
        int left = ALL;
        for (var warning : List.copyOf(all)) {
            var shorter = warning.length() <= ONE ? warning : cut(warning);
            left -= shorter.length();
            if (left >= 0) {
                headers.add(HEADER, shorter);
            }
        }
    }

    private static String header(String text) {
        var quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
        return "299 - \"" + quoted.replaceAll("\\p{Cntrl}", " ") + "\"";
    }

    /// Not within an escaped character.
    private static String cut(String warning) {
        var start = warning.substring(0, ONE - 1);
        int slashes = start.length() - start.replaceAll("\\\\+$", "").length();
        return (slashes % 2 == 0 ? start : start.substring(0, ONE - 2)) + "\"";
    }
}
