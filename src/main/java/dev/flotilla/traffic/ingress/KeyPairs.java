package dev.flotilla.traffic.ingress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/// A certificate and a key that belong together, written anew so that nothing else stands between
/// them.
final class KeyPairs {
    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN (RSA |EC |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1PRIVATE"
                            + " KEY-----");
    private static final byte[] PROBE = "does it fit".getBytes(StandardCharsets.US_ASCII);
    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private KeyPairs() {}

    /// Certificates first, the key last; empty if they are not a pair.
    static Optional<String> joined(String chain, String key) {
        try {
            var certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(
                                            chain.getBytes(StandardCharsets.US_ASCII)));
            if (certificates.isEmpty()) {
                return Optional.empty();
            }
            var open = certificates.iterator().next().getPublicKey();
            var secret = secret(key, open);
            return secret.isPresent() && fit(open, secret.get())
                    ? Optional.of(text(certificates, secret.get()))
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<PrivateKey> secret(String text, PublicKey open)
            throws GeneralSecurityException {
        var found = KEY.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        var bytes = Base64.getMimeDecoder().decode(found.group(2));
        var whole = found.group(1).isEmpty() ? bytes : wrapped(bytes, open);
        return Optional.of(
                KeyFactory.getInstance(open.getAlgorithm())
                        .generatePrivate(new PKCS8EncodedKeySpec(whole)));
    }

    /// A key as PKCS #1 or SEC 1 write it, as PKCS #8 does: with its algorithm, which stands in the
    /// certificate.
    private static byte[] wrapped(byte[] key, PublicKey open) {
        var algorithm = first(open.getEncoded());
        var number = new byte[] {2, 1, 0};
        var inside = element(4, key);
        var body = new ByteArrayOutputStream();
        body.writeBytes(number);
        body.writeBytes(algorithm);
        body.writeBytes(inside);
        return element(0x30, body.toByteArray());
    }

    /// The first element in a sequence of ASN.1.
    private static byte[] first(byte[] sequence) {
        int at = header(sequence, 0);
        int end = header(sequence, at) + length(sequence, at);
        return Arrays.copyOfRange(sequence, at, end);
    }

    /// Where the content of the element at `at` begins.
    private static int header(byte[] bytes, int at) {
        int first = bytes[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] bytes, int at) {
        int first = bytes[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (bytes[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int bytes = content.length > 0xffff ? 3 : content.length > 0xff ? 2 : 1;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(content.length >> (8 * i));
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static boolean fit(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
        var how =
                switch (open.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> open.getAlgorithm();
                };
        var signer = Signature.getInstance(how);
        signer.initSign(secret);
        signer.update(PROBE);
        var signed = signer.sign();
        var reader = Signature.getInstance(how);
        reader.initVerify(open);
        reader.update(PROBE);
        return reader.verify(signed);
    }

    private static String text(Collection<? extends Certificate> chain, PrivateKey key)
            throws GeneralSecurityException {
        var text = new StringBuilder();
        for (var certificate : chain) {
            text.append(block("CERTIFICATE", certificate.getEncoded()));
        }
        return text.append(block("PRIVATE KEY", key.getEncoded())).toString();
    }

    private static String block(String what, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, LINES.encodeToString(bytes), what);
    }
}
