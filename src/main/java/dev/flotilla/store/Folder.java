package dev.flotilla.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The data folder, held by one process: private to its owner, with a lock that dies with the
/// process, and the holder's pid in the lock's file for whoever finds it held.
public final class Folder implements AutoCloseable {
    static final String OWNER_ONLY = "rw-------";

    private final Path path;
    private final FileChannel channel;

    private Folder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Makes the folder when it is missing.
    ///
    /// @throws StoreFailure when another master holds it; nothing is touched then
    public static Folder claim(Path path) {
        if (path.toString().contains(";")) {
            throw new StoreFailure(
                    StoreFailure.Kind.BROKEN,
                    "data folder %s has a semicolon in its path, which H2 cannot open. Choose another folder with --data"
                            .formatted(path),
                    null);
        }
        try {
            Files.createDirectories(path);
            restrict(path, "rwx------");
            var lock = path.resolve("flotilla.lock");
            var channel =
                    FileChannel.open(
                            lock,
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE));
            restrict(lock, OWNER_ONLY);
            if (tryLock(channel) == null) {
                var holder = holder(channel);
                channel.close();
                throw held(path, holder, null);
            }
            channel.truncate(0);
            channel.write(US_ASCII.encode(Long.toString(ProcessHandle.current().pid())), 0);
            return new Folder(path, channel);
        } catch (IOException e) {
            throw Failures.of("claim the data folder", path, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process holds it
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        var text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        return US_ASCII.decode(text.flip()).toString().strip();
    }

    private static StoreFailure held(Path path, String pid, @Nullable Throwable cause) {
        return new StoreFailure(
                StoreFailure.Kind.FOLDER_LOCKED,
                "data folder %s is held by another master, pid %s. Stop that one, or choose another folder with --data"
                        .formatted(path, pid.isEmpty() ? "unknown" : pid),
                cause);
    }

    Path path() {
        return path;
    }

    /// H2's own file.
    Path database() {
        return path.resolve("flotilla.mv.db");
    }

    /// The key of sealed bodies: outside the database file, so that a copy of that file tells none.
    Path key() {
        return path.resolve("flotilla.key");
    }

    /// H2 creates files by the process's mask.
    void restrictDatabase() {
        try {
            restrict(database(), OWNER_ONLY);
        } catch (IOException e) {
            throw Failures.of("make the database private", database(), e);
        }
    }

    static void restrict(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Failures.of("release the data folder", path, e);
        }
    }
}
