package dev.flotilla.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.remote.engine.DockerVersion;
import dev.flotilla.remote.link.SshTarget;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;

class FailureTest {
    private static final SshTarget TARGET = new SshTarget("10.0.0.5", 2222, "sailor");

    @Test
    void isTriedSlowerAndSlower() {
        var refused = new Failure("s", "ConnectionRefused", "m", null);
        assertThat(IntStream.of(1, 2, 3, 6, 7, 500).mapToObj(refused::pause))
                .extracting(Duration::toSeconds)
                .containsExactly(2L, 4L, 8L, 60L, 60L, 60L);
        var barred = new Failure("s", "AuthenticationFailed", "m", null);
        assertThat(IntStream.of(1, 2, 3, 6, 500).mapToObj(barred::pause))
                .extracting(Duration::toSeconds)
                .containsExactly(30L, 60L, 120L, 600L, 600L);
    }

    @Test
    void tellsTheWaysDockerCanBeMissingApart() {
        assertDiagnosis(Set.of(), "DockerNotFound", "apt-get install docker.io");
        assertDiagnosis(Set.of("command"), "DockerNotRunning", "systemctl enable --now docker");
        assertDiagnosis(
                Set.of("command", "socket", "writable", "inactive"),
                "DockerNotRunning",
                "journalctl -u docker");
        assertDiagnosis(
                Set.of("command", "socket", "active"),
                "DockerPermissionDenied",
                "usermod -aG docker sailor");
        assertDiagnosis(
                Set.of("command", "socket", "writable", "active"),
                "DockerNotAnswering",
                "AllowStreamLocalForwarding");
    }

    private static void assertDiagnosis(Set<String> seen, String reason, String advice) {
        var failure = DockerSearch.diagnosis(TARGET, seen, "it said no");
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.message()).contains(advice);
        if (!reason.equals("DockerNotAnswering")) {
            assertThat(failure.message()).contains("10.0.0.5:2222");
        }
    }

    @Test
    void saysWhichDockerIsTooOldAndWhatIsMissingHere() {
        assertThat(DockerSearch.tooOld("x", new DockerVersion(19, 3)).message())
                .contains("19.3", "20.10");
        var gone = DockerSearch.here(Path.of("/no/such.sock"), "e");
        assertThat(gone.reason()).isEqualTo("DockerNotFound");
        assertThat(gone.message()).contains("/no/such.sock");
    }
}
