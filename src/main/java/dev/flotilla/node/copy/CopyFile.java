package dev.flotilla.node.copy;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A file of this computer with what a volume holds. It has its name only when all of it is there;
/// gzip's sum at its end tells whether it still is what was written.
final class CopyFile {
    private static final int AT_ONCE = 256 * 1024;

    /// A tar ends with so many zeros at least.
    private static final int TAR_END = 1024;

    private CopyFile() {}

    /// Writes all of `from` to a new file.
    ///
    /// @param told how many bytes so far
    /// @throws IllegalArgumentException if that can't be, in words
    static void write(InputStream from, Path file, LongConsumer told) throws IOException {
        checkNew(file);
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (var out = open(part)) {
                copy(from, Channels.newOutputStream(out), told);
                out.force(true);
            }
            check(part);
            checkNew(file);
            Files.move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// Volumes hold what only some may read.
    private static FileChannel open(Path part) throws IOException {
        Files.deleteIfExists(part);
        var file = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
        }
        return file;
    }

    /// @throws IllegalArgumentException if it is there, or its folder is not
    static void checkNew(Path file) {
        if (Files.exists(file)) {
            throw new IllegalArgumentException(
                    file + " is there already, and is not replaced: take another name");
        }
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    file + ": there is no such folder on the master's computer");
        }
    }

    /// Reads it to its end.
    ///
    /// @throws IllegalArgumentException if it is no whole archive, in words
    static void check(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": no such file on the master's computer");
        }
        try (var in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            var buffer = new byte[AT_ONCE];
            long zeros = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                int i = n;
                while (i > 0 && buffer[i - 1] == 0) {
                    i--;
                }
                zeros = i == 0 ? zeros + n : n - i;
            }
            if (zeros < TAR_END) {
                throw new EOFException("its tar has no end");
            }
        } catch (EOFException | ZipException e) {
            throw new IllegalArgumentException(
                    "%s is not a whole archive: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// @param told how many bytes so far
    static void copy(InputStream from, OutputStream to, LongConsumer told) throws IOException {
        var buffer = new byte[AT_ONCE];
        long all = 0;
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            to.write(buffer, 0, n);
            all += n;
            told.accept(all);
        }
        to.flush();
    }
}
