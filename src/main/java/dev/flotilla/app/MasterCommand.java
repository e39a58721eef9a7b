package dev.flotilla.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/// `flotilla master`: the master alone, until it is told to end.
@Command(
        name = "master",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "The master alone: a server, an always-on VM, a test.")
final class MasterCommand implements Callable<Integer> {
    @Mixin private MasterOptions options = new MasterOptions();
    private final Terminal terminal;

    MasterCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var master = Master.open(options, terminal.clock())) {
            terminal.out().println(master.readyLine());
            master.work();
            new UntilTold().await();
        }
        return 0;
    }
}
