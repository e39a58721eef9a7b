package dev.flotilla.remote.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.PodFiles;
import dev.flotilla.node.PodFiles.Content;
import dev.flotilla.node.PodFiles.Folder;
import dev.flotilla.node.PodFiles.HostPath;
import dev.flotilla.node.PodFiles.Medium;
import dev.flotilla.node.PodFiles.Part;
import dev.flotilla.node.PodFiles.Tree;
import dev.flotilla.node.PodFolder;
import dev.flotilla.remote.link.NodeHost;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// The script that makes volumes, run by a real shell on this computer.
class PodDiskTest {
    private final PodFolder folder = new PodFolder("test-" + UUID.randomUUID(), "uid-1");
    private final AtomicLong clock = new AtomicLong(1_000);
    private final PodDisk disk =
            new PodDisk(
                    "this computer",
                    new NodeHost.Here(),
                    () -> Instant.ofEpochMilli(clock.incrementAndGet()));

    @TempDir Path temp;

    @BeforeEach
    void asRoot() {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.exists(Path.of("/proc")),
                "skipped: volumes are made by root on Linux");
    }

    @AfterEach
    void clear() throws IOException {
        if (Files.exists(Path.of("/var/lib/flotilla", folder.cluster()))) {
            disk.clear(folder);
            for (var root : List.of("/var/lib/flotilla", "/run/flotilla")) {
                Files.deleteIfExists(Path.of(root, folder.cluster(), "pods"));
                Files.deleteIfExists(Path.of(root, folder.cluster(), "volumes"));
                Files.deleteIfExists(Path.of(root, folder.cluster()));
            }
        }
    }

    @Test
    void changesFilesTogetherAndDropsWhatIsGone() throws IOException {
        disk.place(tree(Map.of("a", text("one"), "sub/b", text("two"), "gone", text("x"))));
        var base = Path.of(folder.of("conf", Medium.DISK));
        assertThat(base.resolve("a")).hasContent("one").isSymbolicLink();
        assertThat(base.resolve("sub/b")).hasContent("two");
        assertThat(mode(base.resolve("a"))).isEqualTo("rw-r--r--");
        disk.place(tree(Map.of("a", text("three"), "sub/b", text("two"), ".hidden", text("h"))));
        assertThat(base.resolve("a")).hasContent("three");
        assertThat(base.resolve(".hidden")).hasContent("h");
        assertThat(Files.exists(base.resolve("gone"), LinkOption.NOFOLLOW_LINKS)).isFalse();
        try (var entries = Files.list(base)) {
            assertThat(entries.filter(e -> e.getFileName().toString().matches("\\.\\.\\d+")))
                    .hasSize(1);
        }
    }

    @Test
    void decodesBytesAndGivesAGroupItsRights() throws IOException {
        var tree =
                new Tree(
                        "conf",
                        Medium.DISK,
                        OptionalLong.of(2000),
                        Map.of("bin", new Content("AAE=", true, 0400)));
        disk.place(files(List.of(), List.of(tree), List.of(), List.of()));
        var file = Path.of(folder.of("conf", Medium.DISK), "bin");
        assertThat(file).hasBinaryContent(new byte[] {0, 1});
        assertThat(mode(file)).isEqualTo("r--r-----");
        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(2000);
    }

    @Test
    void tellsHowFullAFolderIs() throws IOException {
        var here = Files.createDirectories(temp.resolve("a folder/below"));
        Files.write(here.resolve("file"), new byte[100_000]);
        var folder = temp.resolve("a folder").toString();
        assertThat(disk.filled(List.of(folder, temp.resolve("none").toString())))
                .containsOnlyKeys(folder)
                .hasEntrySatisfying(folder, n -> assertThat(n).isBetween(100_000L, 150_000L));
        assertThat(disk.filled(List.of())).isEmpty();
    }

    @Test
    void keepsAnEmptyDirWhenItIsAskedForAgain() throws IOException {
        var scratch = new Folder("scratch", Medium.DISK, 0, OptionalLong.of(2000));
        var files = files(List.of(scratch), List.of(), List.of(), List.of());
        disk.place(files);
        var path = Path.of(folder.of("scratch", Medium.DISK));
        Files.writeString(path.resolve("kept"), "k");
        disk.place(files);
        assertThat(path.resolve("kept")).hasContent("k");
        assertThat(mode(path)).isEqualTo("rwxrwxrwx");
        assertThat(Files.getAttribute(path, "unix:gid")).isEqualTo(2000);
        assertThat(disk.placed(folder.cluster()).pods()).containsExactly("uid-1");
        disk.clear(folder);
        assertThat(path).doesNotExist();
        assertThat(disk.placed(folder.cluster()).pods()).isEmpty();
    }

    @Test
    void boundsAMemoryVolume() throws IOException {
        var fast = new Folder("fast", Medium.MEMORY, 1 << 20, OptionalLong.empty());
        disk.place(files(List.of(fast), List.of(), List.of(), List.of()));
        var path = Path.of(folder.of("fast", Medium.MEMORY));
        assertThat(Files.getFileStore(path).type()).isEqualTo("tmpfs");
        assertThat(Files.getFileStore(path).getTotalSpace()).isEqualTo(1 << 20);
        disk.clear(folder);
        assertThat(path).doesNotExist();
    }

    @Test
    void makesPartsAndRefusesWhatLeavesTheVolume() throws IOException {
        var scratch = new Folder("scratch", Medium.DISK, 0, OptionalLong.empty());
        disk.place(files(List.of(scratch), List.of(), List.of(), List.of()));
        var path = folder.of("scratch", Medium.DISK);
        disk.place(files(List.of(), List.of(), List.of(), List.of(new Part(path, "one/two"))));
        assertThat(mode(Path.of(path, "one/two"))).isEqualTo("rwxrwxrwx");
        Files.createSymbolicLink(Path.of(path, "out"), Path.of("/etc"));
        assertThatThrownBy(
                        () ->
                                disk.place(
                                        files(
                                                List.of(),
                                                List.of(),
                                                List.of(),
                                                List.of(new Part(path, "out")))))
                .isInstanceOf(RefusedByEngine.class)
                .hasMessage("subPath \"out\" leaves its volume");
    }

    @Test
    void looksAtPathsOfTheNode() {
        var there = temp.resolve("there");
        disk.place(path(there, "DirectoryOrCreate"));
        assertThat(there).isDirectory();
        disk.place(path(there, "Directory"));
        assertThatThrownBy(() -> disk.place(path(there, "File")))
                .isInstanceOf(RefusedByEngine.class)
                .hasMessage("hostPath type check failed: " + there + " is not a file");
        assertThatThrownBy(() -> disk.place(path(temp.resolve("none"), "Socket")))
                .isInstanceOf(RefusedByEngine.class)
                .hasMessageEndingWith("is not a socket file");
    }

    @Test
    void keepsAVolumeUntilItIsDropped() throws IOException {
        var path = temp.resolve("pv-1");
        var kept = new PodFiles.Kept(path.toString(), "pv-1", OptionalLong.of(2000));
        var files = new PodFiles(folder, List.of(), List.of(), List.of(), List.of(kept), List.of());
        disk.place(files);
        Files.writeString(path.resolve("row"), "1");
        disk.clear(folder);
        disk.place(files);
        assertThat(path.resolve("row")).hasContent("1");
        assertThat(Files.getAttribute(path, "unix:gid")).isEqualTo(2000);
        assertThat(disk.placed(folder.cluster()).volumes()).containsExactly("pv-1");
        disk.drop(folder.cluster(), "pv-1");
        assertThat(path).doesNotExist();
        assertThat(disk.placed(folder.cluster()).volumes()).isEmpty();
    }

    private PodFiles tree(Map<String, Content> files) {
        var tree = new Tree("conf", Medium.DISK, OptionalLong.empty(), files);
        return files(List.of(), List.of(tree), List.of(), List.of());
    }

    private PodFiles path(Path path, String type) {
        var asked = new HostPath(path.toString(), type, OptionalLong.empty());
        return files(List.of(), List.of(), List.of(asked), List.of());
    }

    private PodFiles files(
            List<Folder> folders, List<Tree> trees, List<HostPath> paths, List<Part> parts) {
        return new PodFiles(folder, folders, trees, paths, List.of(), parts);
    }

    private static Content text(String text) {
        return new Content(text, false, 0644);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
