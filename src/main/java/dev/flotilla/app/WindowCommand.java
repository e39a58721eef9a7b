package dev.flotilla.app;

import dev.flotilla.ui.Desktop;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/// `flotilla`: the window with the master inside it, or the master alone where no window can open.
@Command(
        name = "flotilla",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "A handful of VMs, one window, and they are a cluster with Kubernetes' API.",
            "",
            "Without a command: the window with the master inside it. With no display it says so"
                    + " and",
            "runs as 'flotilla master'.",
            ""
        },
        footer = {
            "",
            "When the master serves it prints one line: ready https://HOST:PORT kubeconfig FILE",
            "Then: kubectl --kubeconfig FILE get nodes"
        })
final class WindowCommand implements Callable<Integer> {
    @Mixin private MasterOptions options = new MasterOptions();
    private final Terminal terminal;

    WindowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var reason = Desktop.unavailable();
        return reason.isPresent() ? headless(reason.get()) : window();
    }

    private int headless(String reason) throws InterruptedException {
        terminal.out().println("no window: " + reason + "; running as 'flotilla master'");
        try (var master = Master.open(options, terminal.clock())) {
            terminal.out().println(master.readyLine());
            terminal.out()
                    .println(
                            "reach it with: kubectl --kubeconfig "
                                    + options.kubeconfigFile()
                                    + " get nodes");
            master.work();
            new UntilTold().await();
        }
        return 0;
    }

    /// The window opens while the master starts, and shows it if that fails.
    private int window() {
        var master = new CompletableFuture<Master>();
        var starter =
                Thread.ofPlatform()
                        .name("start")
                        .start(
                                () -> {
                                    try {
                                        var opened = Master.open(options, terminal.clock());
                                        master.complete(opened);
                                        opened.work();
                                    } catch (CancellationException e) {
                                        // The window was closed before all had started.
                                        master.completeExceptionally(e);
                                    } catch (RuntimeException e) {
                                        terminal.fail(e);
                                        master.completeExceptionally(e);
                                    }
                                });
        var connection =
                master.thenApply(
                        m -> {
                            terminal.out().println(m.readyLine());
                            return new Desktop.Connection(
                                    options.kubeconfigFile(), null, "this computer");
                        });
        Desktop.run(connection, options.data.resolve("window.properties"), terminal.clock());
        starter.interrupt();
        if (master.isCompletedExceptionally()) {
            return 1;
        }
        var running = master.getNow(null);
        if (running != null) {
            running.close();
        }
        return 0;
    }
}
