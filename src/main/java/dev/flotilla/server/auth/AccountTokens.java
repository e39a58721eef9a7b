package dev.flotilla.server.auth;

import dev.flotilla.cluster.PodToken;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.Registry;
import dev.flotilla.registry.Subresource;
import dev.flotilla.server.call.Identity;
import dev.flotilla.server.pki.Credential;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// The tokens of service accounts. One is good while it has not expired and while its account, and
/// the object it is bound to, are the ones that it was made for.
public final class AccountTokens {
    /// Who says so, and for whom it is meant where nothing else is said.
    public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    private static final String OWN = "kubernetes.io";
    private static final String EXTRA = "authentication.kubernetes.io/";

    private final Registry registry;
    private final Jwt jwt;
    private final InstantSource time;

    public AccountTokens(Registry registry, Credential signer, InstantSource time) {
        this.registry = registry;
        this.jwt = new Jwt(signer);
        this.time = time;
    }

    /// Something that a token is worthless without.
    ///
    /// @param plural such as `pods`
    public record Bound(String plural, String kind, String name, String uid) {}

    /// @param expires when it ends
    public record Issued(PodToken token, Instant expires) {}

    /// Whose a token is.
    ///
    /// @param audiences those of the wanted ones for whom it is meant
    public record Holder(Identity who, List<String> audiences) {}

    /// @param uid of the account
    public Issued issue(
            ObjectKey account,
            String uid,
            List<String> audiences,
            Duration lifetime,
            Optional<Bound> bound) {
        var now = Instant.ofEpochSecond(time.instant().getEpochSecond());
        var expires = now.plus(lifetime);
        return new Issued(
                new PodToken(() -> signed(account, uid, audiences, now, expires, bound)), expires);
    }

    private String signed(
            ObjectKey account,
            String uid,
            List<String> audiences,
            Instant now,
            Instant expires,
            Optional<Bound> bound) {
        var claims = JsonMapper.shared().createObjectNode();
        audiences.forEach(claims.putArray("aud")::add);
        claims.put("exp", expires.getEpochSecond())
                .put("iat", now.getEpochSecond())
                .put("iss", ISSUER)
                .put("jti", UUID.randomUUID().toString());
        var own = claims.putObject(OWN).put("namespace", account.namespace());
        bound.ifPresent(
                b ->
                        own.putObject(b.kind().toLowerCase(Locale.ROOT))
                                .put("name", b.name())
                                .put("uid", b.uid()));
        own.putObject("serviceaccount").put("name", account.name()).put("uid", uid);
        claims.put("nbf", now.getEpochSecond()).put("sub", Identity.account(account, uid).user());
        return jwt.sign(claims);
    }

    /// @param audiences of which it must be meant for one
    public Optional<Holder> holder(String token, List<String> audiences) {
        return jwt.claims(token).filter(this::isOfNow).flatMap(c -> holder(c, audiences));
    }

    /// The key by which others may check tokens.
    public ObjectNode keys() {
        return jwt.keys();
    }

    private Optional<Holder> holder(ObjectNode claims, List<String> audiences) {
        var meant = claims.path("aud").valueStream().map(a -> a.asString("")).toList();
        var shared = audiences.stream().filter(meant::contains).toList();
        var own = claims.path(OWN);
        var namespace = own.path("namespace").asString("");
        if (shared.isEmpty()
                || !is(namespace, "serviceaccounts", own.path("serviceaccount"))
                || !isAsBound(namespace, "pods", own.path("pod"))
                || !isAsBound(namespace, "secrets", own.path("secret"))
                || !isAsBound("", "nodes", own.path("node"))) {
            return Optional.empty();
        }
        var account = own.path("serviceaccount");
        var key = new ObjectKey(namespace, account.path("name").asString(""));
        var who = Identity.account(key, account.path("uid").asString("")).with(extra(claims));
        return Optional.of(new Holder(who, shared));
    }

    /// What Kubernetes tells of a token beside its account.
    private static Map<String, List<String>> extra(ObjectNode claims) {
        var extra = new TreeMap<String, List<String>>();
        extra.put(EXTRA + "credential-id", List.of("JTI=" + claims.path("jti").asString("")));
        for (var kind : List.of("node", "pod")) {
            var named = claims.path(OWN).path(kind);
            if (named.isObject()) {
                extra.put(EXTRA + kind + "-name", List.of(named.path("name").asString("")));
                extra.put(EXTRA + kind + "-uid", List.of(named.path("uid").asString("")));
            }
        }
        return extra;
    }

    private boolean isOfNow(ObjectNode claims) {
        long now = time.instant().getEpochSecond();
        return claims.path("iss").asString("").equals(ISSUER)
                && now < claims.path("exp").asLong(0)
                && now >= claims.path("nbf").asLong(0);
    }

    private boolean isAsBound(String namespace, String plural, JsonNode named) {
        return named.isMissingNode() || is(namespace, plural, named);
    }

    private boolean is(String namespace, String plural, JsonNode named) {
        var type = registry.type("", "v1", plural).orElseThrow();
        try {
            var key = new ObjectKey(namespace, named.path("name").asString(""));
            var object = registry.get(type, key, Subresource.NONE);
            return object.at("/metadata/uid").asString("").equals(named.path("uid").asString("-"));
        } catch (ApiFailure e) {
            return false;
        }
    }
}
