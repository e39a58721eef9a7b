package dev.flotilla.app;

import org.slf4j.LoggerFactory;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/// Where a command talks to the person who started it.
record Terminal(PrintStream out, PrintStream err, InstantSource clock) {
    /// One line: what failed, where, and what to do, as the failure itself says it.
    void fail(Throwable failure) {
        var message = failure.getMessage();
        err.println("flotilla: " + (message == null ? failure.toString() : message));
        LoggerFactory.getLogger(Terminal.class).debug("command failed", failure);
    }

    PrintWriter outWriter() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    PrintWriter errWriter() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }
}
