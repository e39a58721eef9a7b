package dev.flotilla.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Until;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// `push`, `build`, `images` and `volume` as a person types them, on a master with simulated nodes.
class ImageCommandsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path folder;

    private record Run(int code, String out, String err) {}

    @Test
    void buildsAndListsAndSaysWhatFails() throws IOException {
        var options = new MasterOptions();
        options.data = folder.resolve("data");
        options.kubeconfig = folder.resolve("kubeconfig");
        options.listen = InetSocketAddress.createUnresolved("127.0.0.1", 0);
        options.simulate = 2;
        try (var master = Master.open(options, InstantSource.system())) {
            master.work();
            Until.seen(
                    "both nodes tell of themselves",
                    SOON,
                    () -> run("images", "--nodes", "sim-2"),
                    r -> r.code() == 0);
            var app = Files.createDirectories(folder.resolve("app"));
            Files.writeString(app.resolve("Dockerfile"), "FROM scratch\n");
            var built =
                    Until.seen(
                            "the node is attached",
                            SOON,
                            () -> run("build", app.toString(), "-t", "shop:7", "--nodes", "sim-1"),
                            r ->
                                    !r.err().contains("no connection")
                                            && !r.err().contains("no node"));
            assertThat(built.err()).isEmpty();
            assertThat(built.out())
                    .contains("building on sim-1", "Successfully tagged shop:7", "sim-1: has it");
            assertThat(built.code()).isZero();
            Until.seen(
                    "the list tells of it",
                    SOON,
                    () -> run("images").out(),
                    out -> out.lines().anyMatch(l -> l.matches("sim-1 +shop:7 +[0-9.]+ MB +-")));

            var elsewhere = run("push", "shop:7", "--from", "sim-1", "--nodes", "sim-1,sim-2");
            assertThat(elsewhere.code()).isEqualTo(1);
            assertThat(elsewhere.out()).contains("sim-1: has it");
            assertThat(elsewhere.err())
                    .startsWith("flotilla: 1 of 2 nodes don't have it: sim-2: a simulated node");
            var unknown = run("push", "shop:7", "--from", "sim-1", "--nodes", "sim-9");
            assertThat(unknown.err())
                    .isEqualToIgnoringNewLines(
                            "flotilla: there is no node \"sim-9\"; there are: sim-1, sim-2");
            assertThat(run("push", "No", "--from", "sim-1").err()).contains("must be lowercase");
            volumes();
        }
    }

    /// Simulated nodes have none, and say so.
    private void volumes() throws IOException {
        var file = folder.resolve("data.tar.gz");
        var none = run("volume", "save", "default/data", file.toString());
        assertThat(none.err())
                .isEqualToIgnoringNewLines(
                        "flotilla: there is no PersistentVolumeClaim default/data");
        assertThat(none.code()).isEqualTo(1);
        var back = run("volume", "restore", Files.createFile(file).toString(), "default/data");
        assertThat(back.err()).contains("there is no PersistentVolumeClaim default/data");
        assertThat(run("volume", "save", "data", "f").err()).contains("'data' is no claim");
        assertThat(run("volume").code()).isEqualTo(2);
    }

    private Run run(String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal =
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        InstantSource.system());
        var argv = new java.util.ArrayList<>(java.util.List.of(args));
        argv.add("--kubeconfig");
        argv.add(folder.resolve("kubeconfig").toString());
        int code = Main.commandLine(terminal).execute(argv.toArray(String[]::new));
        return new Run(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
