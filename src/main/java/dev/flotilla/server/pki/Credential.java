package dev.flotilla.server.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;

/// A certificate and the key it speaks for.
public record Credential(X509Certificate certificate, PrivateKey key) {
    /// The certificate as PEM.
    public String certificatePem() {
        return Pem.write(certificate);
    }

    /// The key as PEM.
    public String keyPem() {
        return Pem.write(key);
    }

    /// From then on nobody takes it.
    public Instant end() {
        return certificate.getNotAfter().toInstant();
    }

    @Override
    public String toString() {
        return "Credential[" + certificate.getSubjectX500Principal() + "]";
    }
}
