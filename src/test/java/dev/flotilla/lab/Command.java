package dev.flotilla.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A process that was run to its end.
///
/// @param argv what was run
/// @param exit its exit code
/// @param out what it printed
/// @param err what it complained
public record Command(List<String> argv, int exit, String out, String err) {
    public Command {
        argv = List.copyOf(argv);
    }

    /// Runs `argv` and waits for its end, at most `limit`.
    ///
    /// @throws IllegalStateException when it can't be started or doesn't end in time
    public static Command run(Duration limit, List<String> argv) {
        return run(limit, new ProcessBuilder(argv));
    }

    /// The same for a process with its own environment or folder. Its input is empty.
    public static Command run(Duration limit, ProcessBuilder builder) {
        return run(limit, builder, Path.of("/dev/null"));
    }

    /// The same with a file as its input.
    public static Command run(Duration limit, ProcessBuilder builder, Path input) {
        try {
            var process = builder.redirectInput(input.toFile()).start();
            var out = reading(process.getInputStream());
            var err = reading(process.getErrorStream());
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(builder.command() + " did not end within " + limit);
            }
            return new Command(builder.command(), process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new IllegalStateException(builder.command() + " could not run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(builder.command() + " was interrupted", e);
        }
    }

    /// This, when it ended with 0.
    ///
    /// @throws IllegalStateException with what it said, otherwise
    public Command succeeded() {
        if (exit != 0) {
            throw new IllegalStateException(
                    "%s ended with %d%n%s%s".formatted(argv, exit, out, err));
        }
        return this;
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (stream) {
                                text.complete(
                                        new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                            } catch (IOException e) {
                                text.completeExceptionally(new UncheckedIOException(e));
                            }
                        });
        return text;
    }
}
