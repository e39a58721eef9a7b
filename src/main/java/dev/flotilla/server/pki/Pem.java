package dev.flotilla.server.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Keys and certificates as the text that other programs read. What this server writes itself needs
/// no more than the JDK; the rest is left to [OtherPem].
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile(
                    "\\A\\s*-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END"
                            + " \\1-----\\s*\\z");

    /// What stands before an RSA key of PKCS #1 in PKCS #8, but for the two lengths (RFC 5958).
    private static final byte[] RSA =
            HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    /// Where the key begins in that PKCS #8.
    private static final int RSA_KEY = 4 + RSA.length + 4;

    private Pem() {}

    static String write(Object keyOrCertificate) {
        return switch (keyOrCertificate) {
            case X509Certificate certificate -> text("CERTIFICATE", encoded(certificate));
            // What JDK and BouncyCastle agree on for an EC key; RSA is best known the old way.
            case ECPrivateKey key -> text("PRIVATE KEY", key.getEncoded());
            case RSAPrivateKey key when isPlain(key.getEncoded()) ->
                    text(
                            "RSA PRIVATE KEY",
                            Arrays.copyOfRange(key.getEncoded(), RSA_KEY, key.getEncoded().length));
            default -> OtherPem.write(keyOrCertificate);
        };
    }

    /// Whether a PKCS #8 is as [#element] makes it of an RSA key.
    private static boolean isPlain(byte[] pkcs8) {
        return pkcs8.length > RSA_KEY
                && Arrays.equals(
                        element(
                                0x30,
                                RSA,
                                element(0x04, Arrays.copyOfRange(pkcs8, RSA_KEY, pkcs8.length))),
                        pkcs8);
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new PkiFailure("Can't write the certificate " + certificate + ": " + e, e);
        }
    }

    private static String text(String what, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        what,
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes),
                        what);
    }

    static X509Certificate certificate(String text) throws IOException {
        var bytes = read(text, "CERTIFICATE");
        if (bytes == null) {
            return OtherPem.certificate(text);
        }
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static PrivateKey key(String text) throws IOException {
        try {
            var plain = read(text, "PRIVATE KEY");
            if (plain != null) {
                return key("EC", plain);
            }
            var rsa = read(text, "RSA PRIVATE KEY");
            if (rsa != null) {
                return key("RSA", element(0x30, RSA, element(0x04, rsa)));
            }
        } catch (InvalidKeySpecException e) {
            // Of another kind than is written here.
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
        return OtherPem.key(text);
    }

    private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /// An element of DER with a length of two bytes, as RSA's keys of 1,024 bits and more have.
    private static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (var part : parts) {
            length += part.length;
        }
        var all = ByteBuffer.allocate(4 + length).put((byte) tag).put((byte) 0x82);
        all.putShort((short) length);
        for (var part : parts) {
            all.put(part);
        }
        return all.array();
    }

    /// The bytes of the text's only block; null if it is of another kind.
    private static byte @Nullable [] read(String text, String what) {
        var block = BLOCK.matcher(text);
        try {
            return block.matches() && block.group(1).equals(what)
                    ? Base64.getMimeDecoder().decode(block.group(2).getBytes(US_ASCII))
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
