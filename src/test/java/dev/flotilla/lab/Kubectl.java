package dev.flotilla.lab;

import org.junit.jupiter.api.Assumptions;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The real kubectl against one kubeconfig.
///
/// @param kubeconfig where the cluster is and who asks
public record Kubectl(Path kubeconfig) {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Skips the test where there is no kubectl, or fails with `FLOTILLA_LAB=required`.
    public static void assumeInstalled() {
        try {
            new ProcessBuilder("kubectl", "version", "--client")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            if ("required".equals(System.getenv("FLOTILLA_LAB"))) {
                throw new AssertionError("FLOTILLA_LAB=required, but there is no kubectl", e);
            }
            Assumptions.abort("there is no kubectl");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Skips the test where kubectl is older than 1.`minor`: Debian's own is of 2021.
    public static void assumeInstalled(int minor) {
        assumeInstalled();
        var version =
                Command.run(LIMIT, List.of("kubectl", "version", "--client", "-o", "json"))
                        .succeeded();
        var found = JSON.readTree(version.out()).at("/clientVersion/minor").asString("0");
        Assumptions.assumeTrue(
                Integer.parseInt(found.replaceAll("\\D", "")) >= minor,
                () -> "kubectl here is 1." + found + ", the test needs 1." + minor);
    }

    /// What kubectl printed.
    ///
    /// @throws IllegalStateException with what it said when it failed
    public String run(String... words) {
        return ask(words).succeeded().out();
    }

    /// The same without judging the exit code.
    public Command ask(String... words) {
        return Command.run(LIMIT, builder(words));
    }

    /// The object or list that `get … -o json` gives.
    public JsonNode get(String... words) {
        var argv = new ArrayList<>(List.of("get", "-o", "json"));
        argv.addAll(List.of(words));
        return JSON.readTree(run(argv.toArray(String[]::new)));
    }

    /// `kubectl apply -f -` with this manifest.
    public String apply(String manifest) {
        try {
            var file = Files.createTempFile("manifest", ".yaml");
            try {
                Files.writeString(file, manifest);
                return run("apply", "-f", file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One that is not begun yet.
    public ProcessBuilder builder(String... words) {
        var argv = new ArrayList<>(List.of("kubectl"));
        argv.addAll(List.of(words));
        var builder = new ProcessBuilder(argv);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        // discovery is cached by server address, and ports come again
        builder.environment().put("KUBECACHEDIR", kubeconfig.resolveSibling("cache").toString());
        return builder;
    }
}
