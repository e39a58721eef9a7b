package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The real kubectl, against a server of the test's own.
record Kubectl(Path kubeconfig, Path home) {
    private static final int SECONDS = 90;

    /// What kubectl said.
    record Said(int exit, String out, String err) {
        Said ok() {
            assertThat(exit).as("exit code; it said: " + out + err).isZero();
            return this;
        }

        Said fails() {
            assertThat(exit).as("exit code; it said: " + out + err).isNotZero();
            return this;
        }

        /// The words of each line.
        List<List<String>> table() {
            return out.lines().map(l -> List.of(l.strip().split(" {2,}"))).toList();
        }
    }

    /// Skips the test, saying so, where there is no kubectl; but not in the lab.
    static void require() {
        var found =
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(d -> Files.isExecutable(Path.of(d, "kubectl")));
        if ("required".equals(System.getenv("FLOTILLA_LAB"))) {
            assertThat(found).as("FLOTILLA_LAB=required, but no kubectl is on the PATH").isTrue();
        }
        Assumptions.assumeTrue(found, "skipped: no kubectl is on the PATH");
    }

    Said run(String... args) {
        return runWithInput("", args);
    }

    /// Exits 0, and this is what it prints.
    String ok(String... args) {
        return run(args).ok().out();
    }

    Said runWithInput(String input, String... args) {
        var process = start(args);
        try {
            var out = drain(process.getInputStream());
            var err = drain(process.getErrorStream());
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "kubectl %s took longer than %d s and said: %s%s"
                                .formatted(
                                        String.join(" ", args), SECONDS, out.join(), err.join()));
            }
            return new Said(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// A kubectl that goes on until it is destroyed.
    Process start(String... args) {
        try {
            return builder(args).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A kubectl that is not begun yet.
    ProcessBuilder builder(String... args) {
        var command = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command);
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("KUBECONFIG");
        return builder;
    }

    private static CompletableFuture<String> drain(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.startVirtualThread(
                () -> {
                    try (stream) {
                        text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        text.completeExceptionally(e);
                    }
                });
        return text;
    }
}
