package dev.flotilla.remote.link;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A command as an argument vector. SSH carries one line of shell, so this is the one place that
/// quotes: no word can become more than one argument.
public record Argv(List<String> words) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    public Argv {
        words = List.copyOf(words);
        if (words.isEmpty() || words.stream().anyMatch(w -> w.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("not a command: " + words);
        }
    }

    public static Argv of(String... words) {
        return new Argv(List.of(words));
    }

    /// The same with the rights of root: as it is for root, else through a sudo that never asks.
    public Argv asRoot(String user) {
        if (user.equals("root")) {
            return this;
        }
        var all = new ArrayList<>(List.of("sudo", "-n", "--"));
        all.addAll(words);
        return new Argv(all);
    }

    /// The line that a POSIX shell splits into exactly these words.
    public String shell() {
        return words.stream().map(Argv::quoted).collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return shell();
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
