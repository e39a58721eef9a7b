package dev.flotilla.server.pki;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;

/// Keys and certificates as the text that other programs read.
final class Pem {
    private Pem() {}

    static String write(Object keyOrCertificate) {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            // What JDK and BouncyCastle agree on for an EC key; RSA is best known the old way.
            pem.writeObject(
                    keyOrCertificate instanceof ECPrivateKey key
                            ? new JcaPKCS8Generator(key, null)
                            : keyOrCertificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static X509Certificate certificate(String text) throws IOException {
        if (read(text) instanceof X509CertificateHolder holder) {
            try {
                return new JcaX509CertificateConverter().getCertificate(holder);
            } catch (CertificateException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        throw new IOException("no certificate in it");
    }

    static PrivateKey key(String text) throws IOException {
        var info =
                switch (read(text)) {
                    case PEMKeyPair pair -> pair.getPrivateKeyInfo();
                    case PrivateKeyInfo plain -> plain;
                    case null, default -> throw new IOException("no private key in it");
                };
        return new JcaPEMKeyConverter().getPrivateKey(info);
    }

    private static Object read(String text) throws IOException {
        try (var parser = new PEMParser(new StringReader(text))) {
            return parser.readObject();
        }
    }
}
