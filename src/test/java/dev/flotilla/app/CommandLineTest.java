package dev.flotilla.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

class CommandLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--data",
                "--listen",
                "--kubeconfig",
                "--simulate",
                "--node-cidr",
                "--service-cidr"
            })
    void helpOfTheMasterNamesEveryFlag(String flag) {
        assertThat(run("master", "--help")).isZero();
        assertThat(text(out)).contains(flag);
    }

    @Test
    void helpNamesTheCommandsAndTheReadyLine() {
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("master", "ui", "ready https://HOST:PORT kubeconfig FILE");
    }

    @Test
    void aWrongAddressIsNamedWithWhatWouldBeRight() {
        assertThat(run("master", "--listen", "here")).isEqualTo(2);
        assertThat(text(err)).contains("--listen", "'here' is not HOST:PORT, such as");
    }

    @Test
    void anUnknownFlagIsRefused() {
        assertThat(run("master", "--simulat", "3")).isEqualTo(2);
        assertThat(text(err)).contains("--simulat");
    }

    @Test
    void aMissingKubeconfigIsOneLine() {
        assertThat(run("ui", "--kubeconfig", "/no/such/file")).isEqualTo(1);
        assertThat(text(err)).contains("/no/such/file: no such kubeconfig").doesNotContain("\tat ");
    }

    @Test
    void imagesHaveTheirCommands() {
        assertThat(run("push", "--help")).isZero();
        assertThat(run("build", "--help")).isZero();
        assertThat(run("images", "--help")).isZero();
        assertThat(run("import-vm", "--help")).isZero();
        assertThat(text(out))
                .contains(
                        "IMAGE|FILE",
                        "--from=NODE",
                        "FOLDER",
                        "--build-arg=NAME=VALUE",
                        "--nodes",
                        "--host-key");
    }

    @Test
    void aPushWithNoMasterSaysHowToGetOne() {
        assertThat(run("push", "web:1", "--kubeconfig", "/no/such/file")).isEqualTo(1);
        assertThat(text(err))
                .contains("/no/such/file: no such kubeconfig", "start 'flotilla master'");
    }

    private int run(String... args) {
        var terminal =
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        InstantSource.fixed(Instant.EPOCH));
        return Main.commandLine(terminal).execute(args);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
