package dev.flotilla.app;

import dev.flotilla.ui.Desktop;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// `flotilla ui`: the window alone.
@Command(
        name = "ui",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "The window alone, against another Flotilla or any Kubernetes cluster.")
final class UiCommand implements Callable<Integer> {
    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            required = true,
            description = "The cluster's kubeconfig.")
    Path kubeconfig = Path.of("");

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "A context in it (default: the current one).")
    @Nullable String context;

    private final Terminal terminal;

    UiCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!Files.isReadable(kubeconfig)) {
            throw new IllegalArgumentException(
                    kubeconfig + ": no such kubeconfig, or it can't be read; see --kubeconfig");
        }
        var reason = Desktop.unavailable();
        if (reason.isPresent()) {
            terminal.err().println("flotilla: no window: " + reason.get());
            return 1;
        }
        var connection = new Desktop.Connection(kubeconfig, context, kubeconfig.toString());
        Desktop.run(
                CompletableFuture.completedFuture(connection),
                DataFolder.ofThisUser().resolve("window.properties"),
                terminal.clock());
        return 0;
    }
}
