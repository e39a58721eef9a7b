package dev.flotilla.node.image;

import dev.flotilla.node.plan.Lookup;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The logins that a pod's images may be pulled with: those of its `imagePullSecrets`, into which
/// the API has put those of its service account, then those of the person whose master this is.
public record PodLogins(Lookup lookup, LocalLogins local) {
    private static final String NEW = ".dockerconfigjson";
    private static final String OLD = ".dockercfg";

    /// @param logins the best first
    /// @param missing names of Secrets that are not there
    public record Found(List<RegistryLogin> logins, List<String> missing) {}

    /// @throws IllegalArgumentException if a Secret holds no logins, in words
    public Found of(Pod pod, ImageName image) {
        var kept = new ArrayList<RegistryLogin>();
        var missing = new ArrayList<String>();
        for (var name : names(pod)) {
            var secret = lookup.secret(pod.getMetadata().getNamespace(), name);
            if (secret.isEmpty()) {
                missing.add(name);
            } else {
                kept.addAll(logins(secret.get()));
            }
        }
        var all = new ArrayList<>(new Keyring(kept).of(image));
        all.addAll(local.of(image));
        return new Found(all.stream().distinct().toList(), missing);
    }

    private static List<String> names(Pod pod) {
        var refs = pod.getSpec().getImagePullSecrets();
        return refs == null
                ? List.of()
                : refs.stream().map(LocalObjectReference::getName).distinct().toList();
    }

    private static List<RegistryLogin> logins(Secret secret) {
        try {
            var now = text(secret, NEW);
            if (now.isPresent()) {
                return DockerConfig.parse(now.get()).logins();
            }
            return text(secret, OLD).map(t -> DockerConfig.parseOld(t).logins()).orElse(List.of());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the logins in Secret %s/%s can't be read: %s"
                            .formatted(
                                    secret.getMetadata().getNamespace(),
                                    secret.getMetadata().getName(),
                                    e.getMessage()),
                    e);
        }
    }

    private static Optional<String> text(Secret secret, String key) {
        var data = secret.getData() == null ? Map.<String, String>of() : secret.getData();
        return Optional.ofNullable(data.get(key))
                .map(t -> new String(Base64.getMimeDecoder().decode(t), StandardCharsets.UTF_8));
    }
}
