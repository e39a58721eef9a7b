package dev.flotilla.server.pki;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/// Files that only their owner may read. They appear whole or not at all.
public final class PrivateFiles {
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    /// Makes the folder with mode 0700, or narrows the mode of one that is there.
    static void folder(Path folder) throws IOException {
        Files.createDirectories(parent(folder));
        if (Files.isDirectory(folder)) {
            if (posix(folder)) {
                Files.setPosixFilePermissions(folder, FOLDER);
            }
        } else {
            Files.createDirectory(folder, attributes(folder, FOLDER));
        }
    }

    /// Writes the text with mode 0600, replacing the file at once.
    public static void write(Path file, String text) throws IOException {
        // A link is followed, so that a linked ~/.kube/config stays one.
        var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Files.createDirectories(parent(target));
        var draft = target.resolveSibling("." + target.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try (var out =
                Files.newByteChannel(
                        draft,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        attributes(draft, FILE))) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
        Files.move(
                draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Opens the file to write behind what it holds; made with mode 0600 in a folder of 0700.
    public static OutputStream append(Path file) throws IOException {
        folder(parent(file));
        var channel =
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                        attributes(file, FILE));
        return new BufferedOutputStream(Channels.newOutputStream(channel), 64 * 1024);
    }

    private static FileAttribute<?>[] attributes(Path where, Set<PosixFilePermission> mode) {
        return posix(parent(where))
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
                : new FileAttribute<?>[0];
    }

    private static Path parent(Path path) {
        var absolute = path.toAbsolutePath();
        return Objects.requireNonNullElse(absolute.getParent(), absolute);
    }

    /// The file store is not asked: in a chroot there may be none that Java can name.
    private static boolean posix(Path existing) {
        return existing.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
