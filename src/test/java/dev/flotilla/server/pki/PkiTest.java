package dev.flotilla.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class PkiTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir Path temp;

    private Pki open(Instant at) {
        return Pki.open(temp.resolve("pki"), "127.0.0.1", List.of("10.43.0.1", "master.local"), at);
    }

    @Test
    void secondStartFindsWhatTheFirstMade() {
        var first = open(NOW);
        var second = open(NOW.plus(Duration.ofDays(1)));
        assertThat(second.authority().certificate()).isEqualTo(first.authority().certificate());
        assertThat(second.server()).isEqualTo(first.server());
        assertThat(second.admin().certificate()).isEqualTo(first.admin().certificate());
        assertThat(second.token()).isEqualTo(first.token()).hasSizeGreaterThan(40);
    }

    @Test
    void onlyTheOwnerReadsTheFiles() throws IOException {
        open(NOW);
        assertThat(mode(temp.resolve("pki"))).isEqualTo("rwx------");
        try (var files = Files.list(temp.resolve("pki"))) {
            assertThat(files.toList())
                    .hasSize(9)
                    .allSatisfy(f -> assertThat(mode(f)).isEqualTo("rw-------"));
        }
    }

    @Test
    void aFolderThatWasOpenToOthersIsClosed() throws IOException {
        var folder = Files.createDirectory(temp.resolve("pki"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        open(NOW);
        assertThat(mode(folder)).isEqualTo("rwx------");
    }

    @Test
    void theServersCertificateNamesWhereItIsReached() throws Exception {
        var names =
                open(NOW).server().certificate().getSubjectAlternativeNames().stream()
                        .map(n -> n.get(1).toString());
        assertThat(names)
                .contains(
                        "127.0.0.1",
                        "0:0:0:0:0:0:0:1",
                        "localhost",
                        "10.43.0.1",
                        "master.local",
                        "kubernetes.default.svc");
    }

    @Test
    void nearlyExpiredCertificatesAreRenewedByTheSameAuthority() {
        var first = open(NOW);
        var later = NOW.plus(Duration.ofDays(320));
        var second = open(later);
        assertThat(second.authority().certificate()).isEqualTo(first.authority().certificate());
        assertThat(second.server().certificate()).isNotEqualTo(first.server().certificate());
        assertThat(second.vouchesFor(second.admin().certificate(), later)).isTrue();
        assertThat(second.admin().certificate().getNotAfter().toInstant())
                .isAfter(later.plus(Duration.ofDays(360)));
    }

    @Test
    void refreshedHasANewServerAndNothingElseIsNew() {
        var first = open(NOW);
        var later = NOW.plus(Duration.ofDays(320));
        var names = List.of("10.43.0.1", "master.local");
        var second = first.refreshed(temp.resolve("pki"), "127.0.0.1", names, later);
        assertThat(second.server().certificate()).isNotEqualTo(first.server().certificate());
        assertThat(second.server().end()).isAfter(later.plus(Duration.ofDays(360)));
        assertThat(second.admin()).isEqualTo(first.admin());
        assertThat(second.authority()).isEqualTo(first.authority());
        assertThat(second.refreshed(temp.resolve("pki"), "127.0.0.1", names, later).server())
                .isEqualTo(second.server());
    }

    @Test
    void saysWhatEndsSoon() {
        var pki = open(NOW);
        assertThat(pki.ending(NOW)).isEmpty();
        assertThat(pki.ending(NOW.plus(Duration.ofDays(320))))
                .singleElement()
                .asString()
                .contains("flotilla-admin", "2027-03-01T12:00:00Z", "start Flotilla again");
        assertThat(pki.ending(NOW.plus(Duration.ofDays(3600)))).hasSize(2);
    }

    @Test
    void aNewNameMakesANewServerCertificate() {
        var first = open(NOW);
        var second = Pki.open(temp.resolve("pki"), "127.0.0.1", List.of("other.local"), NOW);
        assertThat(second.server().certificate()).isNotEqualTo(first.server().certificate());
        assertThat(second.admin().certificate()).isEqualTo(first.admin().certificate());
    }

    @Test
    void vouchesForItsOwnClientsAloneAndInTheirTime() {
        var ours = open(NOW);
        var theirs = Pki.open(temp.resolve("other"), "127.0.0.1", List.of(), NOW);
        assertThat(ours.vouchesFor(ours.admin().certificate(), NOW)).isTrue();
        assertThat(ours.vouchesFor(theirs.admin().certificate(), NOW)).isFalse();
        assertThat(ours.vouchesFor(ours.server().certificate(), NOW)).isFalse();
        assertThat(ours.vouchesFor(ours.admin().certificate(), NOW.plus(Duration.ofDays(366))))
                .isFalse();
    }

    @Test
    void aDamagedKeyIsNamed() throws IOException {
        open(NOW);
        var key = temp.resolve("pki/server.key");
        Files.writeString(key, "scratched");
        assertThatThrownBy(() -> open(NOW))
                .isInstanceOf(PkiFailure.class)
                .hasMessageContaining(key.toString())
                .hasMessageContaining("Delete both");
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
