package dev.flotilla.remote.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.remote.link.NodeHost;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/// Folders as archives, by this computer's own shell and tar.
class FolderTarsTest {
    private final FolderTars tars = new FolderTars("this computer", new NodeHost.Here());

    @TempDir Path temp;
    private Path folder = Path.of("");

    @BeforeEach
    void asRoot() throws IOException {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.exists(Path.of("/proc")),
                "skipped: owners are given by root on Linux");
        folder = Files.createDirectory(temp.resolve("a folder"));
        Files.writeString(folder.resolve("first"), "one");
        Files.setAttribute(folder.resolve("first"), "unix:uid", 4242);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x---"));
        Files.createDirectories(folder.resolve("deep/er"));
        Files.createSymbolicLink(folder.resolve("deep/link"), Path.of("../first"));
    }

    @Test
    void whatWasThereComesBackAndNothingElse() throws IOException {
        var archive = read();
        Files.writeString(folder.resolve("first"), "changed");
        Files.writeString(folder.resolve(".second"), "two");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        fill(archive);
        assertThat(names()).containsExactlyInAnyOrder("first", "deep");
        assertThat(Files.readString(folder.resolve("deep/link"))).isEqualTo("one");
        assertThat(Files.getAttribute(folder.resolve("first"), "unix:uid")).isEqualTo(4242);
        assertThat(Files.isDirectory(folder.resolve("deep/er"))).isTrue();
        assertThat(Files.isSymbolicLink(folder.resolve("deep/link"))).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx--x---");
    }

    @Test
    void aFolderThatIsNotThereYetIsMade() throws IOException {
        var archive = read();
        folder = temp.resolve("not/yet");
        fill(archive);
        assertThat(names()).containsExactlyInAnyOrder("first", "deep");
    }

    @Test
    void halfAnArchiveLeavesAllAsItIs() throws IOException {
        var archive = read();
        Files.writeString(folder.resolve("first"), "changed");
        assertThatThrownBy(() -> fill(Arrays.copyOf(archive, archive.length / 2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tar on this computer ended with 2");
        assertThat(Files.readString(folder.resolve("first"))).isEqualTo("changed");
        assertThat(names()).containsExactlyInAnyOrder("first", "deep");
    }

    @Test
    void whatIsNotCommittedIsTakenAway() throws IOException {
        var archive = read();
        try (var filling = tars.fill(folder.toString())) {
            filling.out().write(archive);
            filling.unpacked();
        }
        assertThat(names()).containsExactlyInAnyOrder("first", "deep");
    }

    @Test
    void aFolderThatIsNotThereCantBeRead() throws IOException {
        try (var in = tars.read(temp.resolve("none").toString())) {
            assertThatThrownBy(in::readAllBytes).hasMessageContaining("ended with 9");
        }
    }

    private byte[] read() throws IOException {
        try (var in = tars.read(folder.toString())) {
            return in.readAllBytes();
        }
    }

    private void fill(byte[] archive) throws IOException {
        try (var filling = tars.fill(folder.toString())) {
            filling.out().write(archive);
            filling.unpacked();
            filling.commit();
        }
    }

    private List<String> names() throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString())
                    .filter(n -> Files.exists(folder.resolve(n), LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }
}
