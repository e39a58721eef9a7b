package dev.flotilla.remote.link;

import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;

/// Accepts the pinned key alone, and remembers what it saw.
final class HostKey implements HostKeyVerifier {
    private final @Nullable String pinned;
    private volatile @Nullable String seen;

    HostKey(@Nullable String pinned) {
        this.pinned = pinned;
    }

    @Nullable String seen() {
        return seen;
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        seen = fingerprint(key);
        return seen.equals(pinned);
    }

    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return List.of();
    }

    /// As `ssh-keygen -l` prints it: `SHA256:` and unpadded Base64.
    static String fingerprint(PublicKey key) {
        var blob = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
