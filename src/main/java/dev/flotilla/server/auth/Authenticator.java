package dev.flotilla.server.auth;

import dev.flotilla.server.auth.AccountTokens.Holder;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.pki.Pki;
import dev.flotilla.server.socket.Protocols;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// Finds out who asks: by client certificate, else by bearer token, else nobody.
public final class Authenticator {
    private static final String BEARER = "bearer ";

    private final Pki pki;
    private final AccountTokens accounts;
    private final Rights rights;
    private final InstantSource time;

    public Authenticator(Pki pki, AccountTokens accounts, Rights rights, InstantSource time) {
        this.pki = pki;
        this.accounts = accounts;
        this.rights = rights;
        this.time = time;
    }

    /// Whoever shows nothing is let in unknown.
    ///
    /// @throws Refusal 401 for wrong credentials
    public Identity of(Request request) {
        return known(request);
    }

    /// @throws Refusal 403 for someone who may not do this
    public void admit(Identity who, Asked asked) {
        if (!rights.may(who, asked)) {
            throw Refusal.forbidden(who.user(), asked);
        }
    }

    /// The token's holder; empty if it is not ours.
    ///
    /// @param audiences of which it must be meant for one
    public Optional<Holder> holder(String token, List<String> audiences) {
        return same(token, pki.token())
                ? Optional.of(new Holder(Identity.ADMIN, audiences))
                : accounts.holder(token, audiences);
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
            return Protocols.token(request).map(this::holder).orElse(Identity.ANONYMOUS);
        }
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw Refusal.unauthorized();
        }
        return holder(header.substring(BEARER.length()).strip());
    }

    private Identity holder(String token) {
        return holder(token, List.of(AccountTokens.ISSUER))
                .map(Holder::who)
                .orElseThrow(Refusal::unauthorized);
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
        groups.add(Identity.KNOWN);
        return new Identity(user, List.copyOf(groups));
    }
}
