package dev.flotilla.traffic;

import dev.flotilla.lab.Command;

import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A program of the machine that reads our texts for itself.
public final class Tool {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Tool() {}

    /// Skips the test, saying so, where it is not installed; but not in the lab.
    public static void assumeInstalled(String name) {
        var found =
                Stream.concat(
                                Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                                Stream.of("/usr/sbin", "/sbin"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        if (!found && "required".equals(System.getenv("FLOTILLA_LAB"))) {
            throw new AssertionError("FLOTILLA_LAB=required, but there is no " + name);
        }
        Assumptions.assumeTrue(found, "skipped: there is no " + name);
    }

    /// Fails with what it said, unless it ends with 0.
    public static String run(String... words) {
        return Command.run(LIMIT, List.of(words)).succeeded().out();
    }
}
