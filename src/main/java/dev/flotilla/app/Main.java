package dev.flotilla.app;

import picocli.CommandLine;

import java.time.InstantSource;

/// Starts Flotilla. The commands and flags are a contract; `flotilla --help` describes them.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(
                commandLine(new Terminal(System.out, System.err, InstantSource.system()), args)
                        .execute(args));
    }

    /// With all commands; but with `master` alone where that is asked for, since it has to start
    /// quickly and to learn of a command takes a while.
    static CommandLine commandLine(Terminal terminal, String... args) {
        var line =
                new CommandLine(new WindowCommand(terminal))
                        .addSubcommand(new MasterCommand(terminal));
        if (args.length == 0 || !args[0].equals("master")) {
            addOthers(line, terminal);
        }
        return line.setOut(terminal.outWriter())
                .setErr(terminal.errWriter())
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler(
                        (failure, at, _) -> {
                            terminal.fail(failure);
                            return at.getCommandSpec().exitCodeOnExecutionException();
                        });
    }

    private static void addOthers(CommandLine line, Terminal terminal) {
        line.addSubcommand(new UiCommand(terminal))
                .addSubcommand(new PushCommand(terminal))
                .addSubcommand(new BuildCommand(terminal))
                .addSubcommand(new ImagesCommand(terminal))
                .addSubcommand(new ImportVmCommand(terminal))
                .addSubcommand(VolumeCommand.line(terminal))
                .addSubcommand(new ExerciseCommand(terminal));
    }
}
