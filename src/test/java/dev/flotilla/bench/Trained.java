package dev.flotilla.bench;

import dev.flotilla.lab.Command;
import dev.flotilla.lab.Master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A master as an installation has it: from the package that Maven made, or the one that
/// `-Dflotilla.home` names, trained once.
final class Trained {
    private static final Path HOME =
            Path.of(System.getProperty("flotilla.home", "target/flotilla")).toAbsolutePath();
    private static final Path LEARNED = HOME.resolve("flotilla-master.aot");

    private Trained() {}

    static Master start(Path folder, String... flags) throws IOException {
        if (!Files.exists(LEARNED)) {
            var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
            var train = HOME.resolve("bin/train").toString();
            Command.run(Duration.ofMinutes(10), List.of("env", "FLOTILLA_JAVA=" + java, train))
                    .succeeded();
        }
        return Master.startPackaged(HOME, folder, flags);
    }
}
