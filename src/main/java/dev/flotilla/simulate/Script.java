package dev.flotilla.simulate;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a simulated process does: it runs for ever, unless its command line says `sleep N` or `exit
/// N`, as in `sh -c "sleep 5; exit 1"`. What it echoes into `/dev/termination-log` is told of its
/// end.
///
/// @param runsFor null for ever
/// @param words empty if it says nothing
record Script(@Nullable Duration runsFor, int exitCode, String words) {
    private static final Pattern WORDS =
            Pattern.compile("\\becho\\s+(?:-n\\s+)?([^;&|>]*?)\\s*>\\s*/dev/termination-log\\b");

    private static final Pattern SLEEP = Pattern.compile("\\bsleep\\s+([0-9]+(?:\\.[0-9]+)?)\\b");
    private static final Pattern EXIT = Pattern.compile("\\bexit\\s+([0-9]{1,3})\\b");
    private static final Pattern LOOP = Pattern.compile("\\b(?:while|until|for)\\b");
    private static final Duration INSTANTLY = Duration.ofMillis(50);

    /// Whether it ends soon, and not well.
    boolean fails() {
        return runsFor != null && exitCode != 0;
    }

    static Script of(List<String> command, List<String> args) {
        var line = String.join(" ", Stream.concat(command.stream(), args.stream()).toList());
        if (LOOP.matcher(line).find()) {
            return new Script(null, 0, "");
        }
        var said = WORDS.matcher(line);
        var words = said.find() ? said.group(1) : "";
        var sleep = SLEEP.matcher(line);
        var exit = EXIT.matcher(line);
        boolean exits = exit.find();
        int code = exits ? Integer.parseInt(exit.group(1)) : 0;
        if (sleep.find()) {
            return new Script(
                    Duration.ofMillis((long) (Double.parseDouble(sleep.group(1)) * 1000)),
                    code,
                    words);
        }
        return exits || !words.isEmpty()
                ? new Script(INSTANTLY, code, words)
                : new Script(null, 0, "");
    }
}
