package dev.flotilla.remote;

import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A command on this computer, run to its end.
final class LocalCommand {
    private LocalCommand() {}

    static CommandResult run(Argv command, byte[] input, Duration patience) {
        try {
            var process = new ProcessBuilder(command.words()).start();
            try {
                var output = reader(process.getInputStream());
                var errors = reader(process.getErrorStream());
                feed(process, input);
                if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new TimeoutException(
                            "it took longer than " + patience.toSeconds() + " s");
                }
                return new CommandResult(process.exitValue(), output.get(), errors.get());
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException | TimeoutException | ExecutionException e) {
            throw failed(command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(command, e);
        }
    }

    private static RuntimeUnavailable failed(Argv command, Exception e) {
        return new RuntimeUnavailable(
                "'%s' on this computer did not come to its end: %s"
                        .formatted(command.words().getFirst(), e.getMessage()),
                e);
    }

    private static void feed(Process process, byte[] input) {
        try (var in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException _) {
            // It ended before it read all: its exit code tells.
        }
    }

    private static CompletableFuture<String> reader(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual()
                .name("command output")
                .start(
                        () -> {
                            try (stream) {
                                text.complete(
                                        new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                            } catch (IOException e) {
                                text.completeExceptionally(e);
                            }
                        });
        return text;
    }
}
