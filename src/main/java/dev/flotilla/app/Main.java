package dev.flotilla.app;

import picocli.CommandLine;

import java.time.InstantSource;

/// Starts Flotilla. The commands and flags are a contract; `flotilla --help` describes them.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(
                commandLine(new Terminal(System.out, System.err, InstantSource.system()))
                        .execute(args));
    }

    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new WindowCommand(terminal))
                .addSubcommand(new MasterCommand(terminal))
                .addSubcommand(new UiCommand(terminal))
                .addSubcommand(new PushCommand(terminal))
                .addSubcommand(new BuildCommand(terminal))
                .addSubcommand(new ImagesCommand(terminal))
                .addSubcommand(new ImportVmCommand(terminal))
                .addSubcommand(VolumeCommand.line(terminal))
                .addSubcommand(new ExerciseCommand(terminal))
                .setOut(terminal.outWriter())
                .setErr(terminal.errWriter())
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler(
                        (failure, line, _) -> {
                            terminal.fail(failure);
                            return line.getCommandSpec().exitCodeOnExecutionException();
                        });
    }
}
