package dev.flotilla.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.OptionalLong;
import java.util.Set;

/// The 32 bytes that seal bodies, in a file of their own with mode 0600.
final class KeyFile {
    private static final int BYTES = 32;

    private KeyFile() {}

    /// Reads the key, or makes it where the database does not yet know one.
    ///
    /// @param known the [#mark] of the key that the database's sealed bodies were sealed with
    static byte[] open(Path file, OptionalLong known) {
        try {
            if (known.isPresent() && Files.notExists(file)) {
                throw missing(file, "is not there");
            }
            var key = Files.exists(file) ? Files.readAllBytes(file) : create(file);
            if (key.length != BYTES || known.orElse(mark(key)) != mark(key)) {
                throw missing(file, "is not the one they were sealed with");
            }
            return key;
        } catch (IOException e) {
            throw Failures.of("read the key of sealed bodies", file, e);
        }
    }

    private static StoreFailure missing(Path file, String how) {
        return new StoreFailure(
                StoreFailure.Kind.KEY_MISSING,
                "the database holds sealed bodies, and their key file %s %s. Put it back; nothing was touched"
                        .formatted(file, how),
                null);
    }

    /// On the disk before anything is sealed with it.
    private static byte[] create(Path file) throws IOException {
        var key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        var posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        var attributes =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        var fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, fresh, attributes)) {
            channel.write(ByteBuffer.wrap(key));
            channel.force(true);
        }
        return key;
    }

    /// Tells one key from another without telling the key.
    static long mark(byte[] key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("flotilla key mark".getBytes(US_ASCII));
            return ByteBuffer.wrap(digest.digest(key)).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
