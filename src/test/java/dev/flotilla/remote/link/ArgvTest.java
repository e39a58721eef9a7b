package dev.flotilla.remote.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A real shell splits what [Argv] quoted into the same words.
class ArgvTest {
    @Test
    void aShellSeesEveryWordAsItWas() throws IOException {
        var words =
                List.of(
                        "plain",
                        "",
                        "two words",
                        "it's",
                        "''",
                        "$HOME `id` $(id) \\ \" * ? ~ # ; & | < > ( ) ! {a,b}",
                        "line\nbreak\ttab",
                        "-n",
                        "ümläut ✓");
        var argv = new ArrayList<>(List.of("printf", "%s\\0"));
        argv.addAll(words);
        var shell = new ProcessBuilder("sh", "-c", new Argv(argv).shell()).start();
        var said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(List.of(said.split("\0", -1))).startsWith(words.toArray(String[]::new));
    }

    @Test
    void onlyRootNeedsNoSudo() {
        assertThat(Argv.of("ip", "route").asRoot("root").shell()).isEqualTo("ip route");
        assertThat(Argv.of("ip", "route").asRoot("sailor").shell())
                .isEqualTo("sudo -n -- ip route");
    }

    @Test
    void aNulCannotBeSaidToAShell() {
        assertThatThrownBy(() -> Argv.of("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Argv(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
