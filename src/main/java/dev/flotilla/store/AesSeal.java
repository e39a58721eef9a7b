package dev.flotilla.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Predicate;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM, a fresh nonce each body. Key and revision are bound in, so that a sealed body moved
/// to another row does not open.
final class AesSeal implements Seal {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final Predicate<String> sealed;

    AesSeal(byte[] key, Predicate<String> sealed) {
        this.key = new SecretKeySpec(key, "AES");
        this.sealed = sealed;
    }

    @Override
    public boolean covers(String key) {
        return sealed.test(key);
    }

    @Override
    public byte[] close(Entry entry) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, entry);
            var out = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(entry.body().length));
            cipher.doFinal(entry.body(), 0, entry.body().length, out, NONCE);
            return out;
        } catch (GeneralSecurityException e) {
            throw Failures.of("seal", place(entry), e);
        }
    }

    @Override
    public Entry open(Entry entry) {
        var bytes = entry.body();
        try {
            if (bytes.length < NONCE) {
                throw new GeneralSecurityException("shorter than a nonce");
            }
            var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE), entry);
            return new Entry(
                    entry.key(),
                    entry.revision(),
                    entry.previousRevision(),
                    entry.createdRevision(),
                    entry.deleted(),
                    entry.time(),
                    cipher.doFinal(bytes, NONCE, bytes.length - NONCE));
        } catch (GeneralSecurityException e) {
            throw Failures.of("open a sealed body", place(entry), e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, Entry entry) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place(entry).getBytes(UTF_8));
        return cipher;
    }

    private static String place(Entry entry) {
        return entry.key() + " at revision " + entry.revision();
    }
}
