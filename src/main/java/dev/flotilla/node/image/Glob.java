package dev.flotilla.node.image;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Shell patterns as Go's `path.Match` reads them, and with `**` for any number of folders.
final class Glob {
    private Glob() {}

    /// The same as a regular expression; empty if the pattern is malformed.
    static Optional<Pattern> of(String glob) {
        var regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> {
                    if (glob.startsWith("**/", i)) {
                        regex.append("(?:.*/)?");
                        i += 2;
                    } else if (glob.startsWith("**", i)) {
                        regex.append(".*");
                        i++;
                    } else {
                        regex.append("[^/]*");
                    }
                }
                case '?' -> regex.append("[^/]");
                case '[' -> {
                    int end = glob.indexOf(']', i + 1);
                    if (end < 0) {
                        return Optional.empty();
                    }
                    regex.append(glob, i, end + 1);
                    i = end;
                }
                case '\\' -> {
                    if (++i == glob.length()) {
                        return Optional.empty();
                    }
                    regex.append(Pattern.quote(String.valueOf(glob.charAt(i))));
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Optional.of(Pattern.compile(regex.toString(), Pattern.DOTALL));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }
}
