package dev.flotilla.remote.link;

import com.hierynomus.sshj.transport.cipher.GcmCipher;

import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.transport.cipher.Cipher;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;

/// The cipher of OpenSSH that the JDK has machine instructions for: 1,490 MB/s of one core where
/// the best of the library in plain Java, from which sshj takes its ciphers, does 100.
final class AesGcm extends GcmCipher {
    static final String NAME = "aes128-gcm@openssh.com";
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int KEY_BYTES = 16;

    private AesGcm() {
        super(IV_BYTES, TAG_BYTES, KEY_BYTES, "AES", TRANSFORMATION);
    }

    /// The instructions are known to Java's second compiler alone. A JVM that does without it takes
    /// the library's, which is then twice as fast.
    static boolean isFast() {
        return !System.getProperty("java.vm.info", "").contains("emulated-client");
    }

    static Factory.Named<Cipher> factory() {
        return new Factory.Named<>() {
            @Override
            public String getName() {
                return NAME;
            }

            @Override
            public Cipher create() {
                return new AesGcm();
            }
        };
    }

    @Override
    protected void initCipher(javax.crypto.Cipher other, Mode mode, byte[] key, byte[] iv)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        try {
            cipher = javax.crypto.Cipher.getInstance(TRANSFORMATION);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + TRANSFORMATION, e);
        }
        super.initCipher(cipher, mode, key, iv);
    }
}
