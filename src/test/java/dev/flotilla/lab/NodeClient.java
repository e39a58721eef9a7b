package dev.flotilla.lab;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `@kubernetes/client-node`, as npm has it, and the programs of `src/test/node` that use it.
public final class NodeClient {
    private static final Path PROGRAMS = Path.of("src/test/node");
    private static final Path INSTALLED = Path.of("target/node");
    private static final Path DONE = INSTALLED.resolve("installed.json");
    private static final String LOCK = "package-lock.json";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private NodeClient() {}

    /// Runs a program to its end. For classes that are [MostlyWaits]: it is installed once.
    ///
    /// Skips the test where there is no npm, or fails with `FLOTILLA_LAB=required`.
    public static Command run(String program, String... words) throws IOException {
        install();
        copy(program);
        var argv = new ArrayList<>(List.of("node", INSTALLED.resolve(program).toString()));
        argv.addAll(List.of(words));
        return Command.run(LIMIT, argv);
    }

    private static void install() throws IOException {
        Files.createDirectories(INSTALLED);
        copy("package.json");
        copy(LOCK);
        if (Files.exists(DONE) && Files.mismatch(DONE, INSTALLED.resolve(LOCK)) < 0) {
            return;
        }
        var npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund");
        npm.directory(INSTALLED.toFile());
        try {
            Command.run(LIMIT, npm).succeeded();
        } catch (IllegalStateException e) {
            if ("required".equals(System.getenv("FLOTILLA_LAB"))) {
                throw e;
            }
            Assumptions.abort("npm could not install the client: " + e.getMessage());
        }
        Files.copy(INSTALLED.resolve(LOCK), DONE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(String name) throws IOException {
        Files.copy(
                PROGRAMS.resolve(name),
                INSTALLED.resolve(name),
                StandardCopyOption.REPLACE_EXISTING);
    }
}
