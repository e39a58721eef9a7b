package dev.flotilla.remote.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Real processes of this computer.
@DisabledOnOs(OS.WINDOWS)
class LocalCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;

    @Test
    void tellsWhatItSaidAndHow() {
        var said =
                LocalCommand.run(
                        Argv.of("sh", "-c", "cat; echo bad >&2; exit 3"),
                        "good".getBytes(StandardCharsets.UTF_8),
                        PATIENCE);
        assertThat(said).isEqualTo(new CommandResult(3, "good", "bad\n"));
    }

    @Test
    void whatTakesTooLongEndsWithAllThatItBegan() throws IOException {
        var pid = folder.resolve("pid");
        var command = Argv.of("sh", "-c", "sleep 600 & echo $! > " + pid + "; wait");
        assertThatThrownBy(() -> LocalCommand.run(command, new byte[0], Duration.ofSeconds(1)))
                .isInstanceOf(RuntimeUnavailable.class)
                .hasMessage(
                        "'sh' on this computer did not come to its end: it took longer than 1 s");
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .ifPresent(
                        left ->
                                assertThat(left.onExit())
                                        .succeedsWithin(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    /// There are few carriers: processes that say nothing must not hold them.
    @Test
    void silentProcessesHoldUpNobody() throws IOException {
        var host = new NodeHost.Here();
        var all = new ArrayList<Peer>();
        try {
            for (int i = 0; i < 40; i++) {
                var peer = host.start(Argv.of("cat"));
                all.add(peer);
                Thread.startVirtualThread(() -> heard(peer.output()));
            }
            var answer = new CompletableFuture<String>();
            Thread.startVirtualThread(() -> answer.complete("well"));
            assertThat(answer).succeedsWithin(PATIENCE).isEqualTo("well");
        } finally {
            all.forEach(Peer::close);
        }
    }

    private static int heard(InputStream output) {
        try {
            return output.read();
        } catch (IOException _) {
            return -1;
        }
    }
}
