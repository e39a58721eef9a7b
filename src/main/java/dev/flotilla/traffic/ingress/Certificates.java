package dev.flotilla.traffic.ingress;

import io.fabric8.kubernetes.api.model.Secret;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Certificates out of Secrets, each looked at once. One that a proxy could not load is none: it
/// would keep the proxy from loading all others, too.
public final class Certificates {
    private static final int MOST = 2_000;

    private final Map<Version, Optional<String>> known = new ConcurrentHashMap<>();

    private record Version(String uid, String revision) {}

    /// The certificate, its chain and its key in PEM; empty if they are not there or do not fit.
    Optional<String> pem(Secret secret) {
        var meta = secret.getMetadata();
        var version =
                new Version(
                        String.valueOf(meta.getUid()), String.valueOf(meta.getResourceVersion()));
        if (known.size() > MOST) {
            known.clear();
        }
        return known.computeIfAbsent(version, _ -> read(secret));
    }

    private static Optional<String> read(Secret secret) {
        var data = secret.getData();
        if (data == null) {
            return Optional.empty();
        }
        var chain = decoded(data.get("tls.crt"));
        var key = decoded(data.get("tls.key"));
        return chain.flatMap(c -> key.flatMap(k -> KeyPairs.joined(c, k)));
    }

    private static Optional<String> decoded(@Nullable String base64) {
        try {
            return Optional.ofNullable(base64)
                    .map(b -> Base64.getMimeDecoder().decode(b))
                    .map(b -> new String(b, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
