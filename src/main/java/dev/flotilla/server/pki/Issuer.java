package dev.flotilla.server.pki;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;

/// Makes certificates: its own, the server's, a client's.
final class Issuer {
    /// Clocks of other machines may be a little behind.
    private static final Duration BACKDATED = Duration.ofHours(1);

    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration LEAF_LIFE = Duration.ofDays(365);

    private final Instant now;
    private final SecureRandom random = new SecureRandom();

    Issuer(Instant now) {
        this.now = now;
    }

    Credential authority() throws GeneralSecurityException, OperatorException, CertIOException {
        var pair = ellipticPair();
        var name = new X500Name("CN=flotilla-ca");
        var builder = builder(name, name, pair, AUTHORITY_LIFE);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        return sign(builder, pair.getPrivate(), pair.getPrivate());
    }

    /// What signs the tokens of service accounts; vouches for no certificate.
    Credential accounts() throws GeneralSecurityException, OperatorException, CertIOException {
        var pair = ellipticPair();
        var name = new X500Name("CN=flotilla-service-accounts");
        var builder = builder(name, name, pair, AUTHORITY_LIFE);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        return sign(builder, pair.getPrivate(), pair.getPrivate());
    }

    Credential server(Credential authority, Collection<String> names)
            throws GeneralSecurityException, OperatorException, CertIOException {
        var pair = ellipticPair();
        var builder = builder(issuerOf(authority), new X500Name("CN=flotilla"), pair, LEAF_LIFE);
        leaf(builder, authority, KeyPurposeId.id_kp_serverAuth);
        var general =
                names.stream()
                        .map(
                                n ->
                                        new GeneralName(
                                                Names.isAddress(n)
                                                        ? GeneralName.iPAddress
                                                        : GeneralName.dNSName,
                                                n))
                        .toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(general));
        return sign(builder, authority.key(), pair.getPrivate());
    }

    /// RSA, the one kind of client key that every Kubernetes client library reads by itself.
    Credential client(Credential authority, String user, String group)
            throws GeneralSecurityException, OperatorException, CertIOException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048, random);
        var pair = generator.generateKeyPair();
        var subject = new X500Name("O=" + group + ",CN=" + user);
        var builder = builder(issuerOf(authority), subject, pair, LEAF_LIFE);
        leaf(builder, authority, KeyPurposeId.id_kp_clientAuth);
        return sign(builder, authority.key(), pair.getPrivate());
    }

    private static X500Name issuerOf(Credential authority) {
        return X500Name.getInstance(authority.certificate().getSubjectX500Principal().getEncoded());
    }

    private KeyPair ellipticPair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair pair, Duration life) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, random).setBit(126),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(life)),
                subject,
                pair.getPublic());
    }

    private static void leaf(
            X509v3CertificateBuilder builder, Credential authority, KeyPurposeId purpose)
            throws GeneralSecurityException, CertIOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils()
                        .createAuthorityKeyIdentifier(authority.certificate().getPublicKey()));
    }

    private static Credential sign(
            X509v3CertificateBuilder builder, PrivateKey signer, PrivateKey own)
            throws GeneralSecurityException, OperatorException {
        var holder = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer));
        return new Credential(new JcaX509CertificateConverter().getCertificate(holder), own);
    }
}
