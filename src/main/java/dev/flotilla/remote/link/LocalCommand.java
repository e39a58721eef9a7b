package dev.flotilla.remote.link;

import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A command on this computer, run to its end. One that takes too long ends with all that it began.
public final class LocalCommand {
    private LocalCommand() {}

    /// @throws RuntimeUnavailable if it can't be run or takes longer than `patience`
    public static CommandResult run(Argv command, byte[] input, Duration patience) {
        try {
            var process = new ProcessBuilder(command.words()).start();
            try {
                return result(process, input, System.nanoTime() + patience.toNanos());
            } catch (TimeoutException e) {
                throw new TimeoutException("it took longer than " + patience.toSeconds() + " s");
            } finally {
                LocalPeer.end(process);
            }
        } catch (IOException | TimeoutException | ExecutionException e) {
            throw failed(command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(command, e);
        }
    }

    /// Whoever holds its output open counts as part of it.
    private static CommandResult result(Process process, byte[] input, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        var output = reader(process.getInputStream());
        var errors = reader(process.getErrorStream());
        blocking("command input", () -> feed(process, input));
        if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException();
        }
        return new CommandResult(process.exitValue(), by(deadline, output), by(deadline, errors));
    }

    private static String by(long deadline, CompletableFuture<String> text)
            throws InterruptedException, ExecutionException, TimeoutException {
        return text.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
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
        blocking(
                "command output",
                () -> {
                    try (stream) {
                        text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        text.completeExceptionally(e);
                    }
                });
        return text;
    }

    /// A pipe of a process holds the carrier of a virtual thread, and there are few.
    private static void blocking(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }
}
