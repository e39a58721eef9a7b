package dev.flotilla.server.pki;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/// PEM in all the forms there are, such as keys that were put in the folder by hand. Apart from
/// [Pem], because BouncyCastle's signed archives take a third of a second to open.
final class OtherPem {
    private OtherPem() {}

    static String write(Object keyOrCertificate) {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            pem.writeObject(keyOrCertificate);
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
