package dev.flotilla.app;

import dev.flotilla.model.VolumeCopySpec;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// `flotilla volume`: what a claim's volume holds to a file, and from one.
@Command(
        name = "volume",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {"Save what a claim's volume holds, and restore it.", ""})
final class VolumeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    private VolumeCommand() {}

    static CommandLine line(Terminal terminal) {
        return new CommandLine(new VolumeCommand())
                .addSubcommand(new Save(terminal))
                .addSubcommand(new Restore(terminal));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing what to do: save or restore");
    }

    /// `NAMESPACE/CLAIM` as two words.
    private static List<String> claim(CommandSpec spec, String text) {
        var parts = List.of(text.split("/", -1));
        if (parts.size() != 2 || parts.contains("")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'%s' is no claim: NAMESPACE/CLAIM, such as default/data".formatted(text));
        }
        return parts;
    }

    private static String path(String file) {
        return Path.of(file).toAbsolutePath().normalize().toString();
    }

    @Command(
            name = "save",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = {
                "Save what a claim's volume holds to a new file on the master's computer, a"
                        + " .tar.gz.",
                "Pods may go on; their names are told. Ctrl-C calls it off.",
                ""
            })
    static final class Save implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "NAMESPACE/CLAIM", description = "Whose volume.")
        String claim = "";

        @Parameters(index = "1", paramLabel = "FILE", description = "Is not there yet.")
        String file = "";

        @Mixin private ApiOptions api = new ApiOptions();
        @Spec private CommandSpec spec = CommandSpec.create();
        private final Terminal terminal;

        Save(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws InterruptedException {
            var of = claim(spec, claim);
            return CopyFollower.run(
                    api, new VolumeCopySpec(of.get(0), of.get(1), path(file), null), terminal);
        }
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = {
                "Restore what 'flotilla volume save' saved. What the volume holds now is gone"
                        + " then,",
                "but not before all of the file has arrived. No pod may use the volume.",
                "Ctrl-C calls it off.",
                ""
            })
    static final class Restore implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "FILE", description = "On the master's computer.")
        String file = "";

        @Parameters(index = "1", paramLabel = "NAMESPACE/CLAIM", description = "Whose volume.")
        String claim = "";

        @Mixin private ApiOptions api = new ApiOptions();
        @Spec private CommandSpec spec = CommandSpec.create();
        private final Terminal terminal;

        Restore(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws InterruptedException {
            var of = claim(spec, claim);
            return CopyFollower.run(
                    api, new VolumeCopySpec(of.get(0), of.get(1), null, path(file)), terminal);
        }
    }
}
