package dev.flotilla.server.auth;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.PodTokens;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.server.auth.AccountTokens.Bound;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Tokens for pods, each bound to its pod: it ends with it.
public record BoundTokens(Cluster cluster, AccountTokens tokens) implements PodTokens {
    @Override
    public Answer issue(Pod pod, @Nullable String audience, Duration lifetime) {
        var meta = pod.getMetadata();
        var named = pod.getSpec().getServiceAccountName();
        var key =
                new ObjectKey(
                        meta.getNamespace(), named == null || named.isEmpty() ? "default" : named);
        var account = cluster.get(ServiceAccount.class, key);
        if (account.isEmpty()) {
            return new Refused("serviceaccounts \"" + key.name() + "\" not found");
        }
        var issued =
                tokens.issue(
                        key,
                        account.get().getMetadata().getUid(),
                        List.of(
                                audience == null || audience.isEmpty()
                                        ? AccountTokens.ISSUER
                                        : audience),
                        lifetime,
                        Optional.of(new Bound("pods", "Pod", meta.getName(), meta.getUid())));
        return new Issued(issued.token(), issued.expires());
    }
}
