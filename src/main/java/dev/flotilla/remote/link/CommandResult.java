package dev.flotilla.remote.link;

/// What a command left behind.
public record CommandResult(int exitCode, String output, String errors) {
    public boolean ok() {
        return exitCode == 0;
    }

    /// The last thing it said, for a message: its errors, or its output, or its exit code.
    public String words() {
        var said = errors.isBlank() ? output : errors;
        return said.isBlank() ? "exit code " + exitCode : said.strip();
    }
}
