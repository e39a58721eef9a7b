package dev.flotilla.server.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything the server and its administrator prove themselves with, kept in one folder.
///
/// @param authority signs the other two
/// @param server for all the names given
/// @param admin of the group `system:masters`
/// @param accounts signs the tokens of service accounts
/// @param token another way to be the administrator
public record Pki(
        Credential authority,
        Credential server,
        Credential admin,
        Credential accounts,
        String token) {
    /// The administrator's name.
    public static final String ADMIN = "flotilla-admin";

    /// The group that may do everything.
    public static final String MASTERS = "system:masters";

    private static final int KEY_NAME_BYTES = 20;
    private static final Duration LEAF_RENEWAL = Duration.ofDays(60);
    private static final Duration AUTHORITY_RENEWAL = Duration.ofDays(400);

    /// Reads the folder, and makes what is missing, nearly expired or for other names.
    ///
    /// @param host the server listens on
    /// @param further names the server is reached by
    /// @throws PkiFailure if a file can't be read or written
    public static Pki open(Path folder, String host, Collection<String> further, Instant now) {
        var names = Names.of(host, further);
        try {
            PrivateFiles.folder(folder);
            var authority =
                    kept(
                            folder,
                            "ca",
                            () -> new Issuer(now).authority(),
                            c -> lasts(c, now, AUTHORITY_RENEWAL));
            var server = server(folder, authority, names, now);
            var admin =
                    kept(
                            folder,
                            "admin",
                            () -> new Issuer(now).client(authority, ADMIN, MASTERS),
                            c -> isLeaf(c, authority, now));
            var accounts =
                    kept(
                            folder,
                            "accounts",
                            () -> new Issuer(now).accounts(),
                            c -> lasts(c, now, AUTHORITY_RENEWAL));
            return new Pki(authority, server, admin, accounts, token(folder.resolve("token")));
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /// The same with a new certificate of the server if that in the folder is nearly expired or for
    /// other names. What clients hold stays as it is.
    ///
    /// @throws PkiFailure if a file can't be read or written
    public Pki refreshed(Path folder, String host, Collection<String> further, Instant now) {
        try {
            var fresh = server(folder, authority, Names.of(host, further), now);
            return new Pki(authority, fresh, admin, accounts, token);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /// What ends soon and is renewed at the next start alone: a sentence each.
    public List<String> ending(Instant now) {
        return Stream.of(authority, admin)
                .filter(c -> !lasts(c.certificate(), now, LEAF_RENEWAL))
                .map(
                        c ->
                                "The certificate of %s ends at %s; start Flotilla again to get a new one"
                                        .formatted(
                                                c.certificate().getSubjectX500Principal(), c.end()))
                .toList();
    }

    private static Credential server(
            Path folder, Credential authority, Collection<String> names, Instant now)
            throws IOException {
        return kept(
                folder,
                "server",
                () -> new Issuer(now).server(authority, names),
                c -> isLeaf(c, authority, now) && namesOf(c).containsAll(names));
    }

    private static PkiFailure unusable(Path folder, IOException e) {
        return new PkiFailure(
                "Can't read or write the keys in %s: %s. Make the folder writable, or choose another with --data."
                        .formatted(folder, e),
                e);
    }

    /// Whether this authority signed the certificate for a client and it is valid at that time.
    public boolean vouchesFor(X509Certificate certificate, Instant at) {
        try {
            var purposes = certificate.getExtendedKeyUsage();
            return isSignedBy(certificate, authority)
                    && !at.isBefore(certificate.getNotBefore().toInstant())
                    && at.isBefore(certificate.getNotAfter().toInstant())
                    && purposes != null
                    && purposes.contains("1.3.6.1.5.5.7.3.2");
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "Pki[" + authority + "]";
    }

    private interface Good {
        boolean is(X509Certificate certificate);
    }

    private static Credential kept(Path folder, String name, Callable<Credential> make, Good good)
            throws IOException {
        var certificate = folder.resolve(name + ".crt");
        var key = folder.resolve(name + ".key");
        if (Files.exists(certificate) && Files.exists(key)) {
            var present = read(certificate, key);
            if (good.is(present.certificate())) {
                return present;
            }
        }
        Credential made;
        try {
            made = make.call();
        } catch (Exception e) {
            throw new IOException("making the certificate '" + name + "' failed: " + e, e);
        }
        PrivateFiles.write(key, made.keyPem());
        PrivateFiles.write(certificate, made.certificatePem());
        return made;
    }

    private static Credential read(Path certificate, Path key) {
        try {
            return new Credential(
                    Pem.certificate(Files.readString(certificate)), Pem.key(Files.readString(key)));
        } catch (IOException | RuntimeException e) {
            throw new PkiFailure(
                    "Can't read the certificate and key %s and %s: %s. Delete both and start again to get new ones."
                            .formatted(certificate, key, e.getMessage()),
                    e);
        }
    }

    private static String token(Path file) throws IOException {
        if (Files.exists(file)) {
            var present = Files.readString(file).strip();
            if (present.length() >= 32) {
                return present;
            }
        }
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        PrivateFiles.write(file, token);
        return token;
    }

    private static boolean isLeaf(X509Certificate c, Credential authority, Instant now) {
        return isOf(c, authority.certificate()) && lasts(c, now, LEAF_RENEWAL);
    }

    /// Whether it says that this authority's key signed it. Nobody else writes into the folder, and
    /// to prove a signature takes long before Java has compiled how.
    private static boolean isOf(X509Certificate c, X509Certificate authority) {
        var signer = c.getExtensionValue("2.5.29.35");
        var key = authority.getExtensionValue("2.5.29.14");
        return signer != null
                && key != null
                && Arrays.equals(keyName(signer), keyName(key))
                && c.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
    }

    /// A SHA-1 stands at the end of both extensions.
    private static byte[] keyName(byte[] extension) {
        return Arrays.copyOfRange(
                extension, Math.max(0, extension.length - KEY_NAME_BYTES), extension.length);
    }

    private static boolean isSignedBy(X509Certificate c, Credential authority) {
        try {
            c.verify(authority.certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean lasts(X509Certificate c, Instant now, Duration atLeast) {
        return now.plus(atLeast).isBefore(c.getNotAfter().toInstant());
    }

    private static Set<String> namesOf(X509Certificate c) {
        try {
            var names = c.getSubjectAlternativeNames();
            return names == null
                    ? Set.of()
                    : names.stream().map(n -> (String) n.get(1)).collect(Collectors.toSet());
        } catch (CertificateParsingException e) {
            return Set.of();
        }
    }
}
