package dev.flotilla.server.auth;

import dev.flotilla.server.call.Identity;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.pki.Pki;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// Finds out who asks: by client certificate, else by bearer token, else nobody.
public final class Authenticator {
    private static final Set<String> OPEN =
            Set.of("/healthz", "/livez", "/readyz", "/version", "/version/");
    private static final String BEARER = "bearer ";

    private final Pki pki;
    private final InstantSource time;

    public Authenticator(Pki pki, InstantSource time) {
        this.pki = pki;
        this.time = time;
    }

    /// @throws Refusal 401 for wrong credentials, or for none where some are needed; 403 for
    ///   someone known who may not
    public Identity of(Request request, String path) {
        var who = known(request);
        var open = OPEN.contains(path) || path.startsWith("/livez/") || path.startsWith("/readyz/");
        if (who.isAnonymous() && !open) {
            throw Refusal.unauthorized();
        }
        if (!who.mayDoEverything() && !open) {
            throw Refusal.forbidden(who.user(), request.getMethod().toLowerCase(Locale.ROOT), path);
        }
        return who;
    }

    private Identity known(Request request) {
        if (request.getAttribute(SslSessionData.ATTRIBUTE) instanceof SslSessionData tls
                && tls.peerCertificates() != null
                && tls.peerCertificates().length > 0) {
            var certificate = tls.peerCertificates()[0];
            if (pki.vouchesFor(certificate, time.instant())) {
                return holder(certificate);
            }
            if (request.getHeaders().get(HttpHeader.AUTHORIZATION) == null) {
                throw Refusal.unauthorized();
            }
        }
        var header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header == null) {
            return Identity.ANONYMOUS;
        }
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && same(header.substring(BEARER.length()).strip(), pki.token())) {
            return Identity.ADMIN;
        }
        throw Refusal.unauthorized();
    }

    /// In a time that does not tell how much of it was right.
    private static boolean same(String given, String wanted) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }

    private static Identity holder(X509Certificate certificate) {
        var user = "";
        List<String> groups = new ArrayList<>();
        try {
            for (var rdn :
                    new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                switch (rdn.getType()) {
                    case "CN" -> user = rdn.getValue().toString();
                    case "O" -> groups.add(rdn.getValue().toString());
                    default -> {}
                }
            }
        } catch (InvalidNameException e) {
            throw Refusal.unauthorized();
        }
        groups.add("system:authenticated");
        return new Identity(user, List.copyOf(groups));
    }
}
