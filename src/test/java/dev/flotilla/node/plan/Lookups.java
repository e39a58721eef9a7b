package dev.flotilla.node.plan;

import dev.flotilla.cluster.PodToken;
import dev.flotilla.node.Pods;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// A small cluster's configuration: a ConfigMap `colours`, a Secret `keys`, a claim `data`, a
/// RuntimeClass `small`.
final class Lookups implements Lookup {
    private final PodToken token = new PodToken(() -> "a-token");

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return name.equals("colours") && namespace.equals("default")
                ? Optional.of(
                        new ConfigMapBuilder()
                                .addToData("sky", "blue")
                                .addToBinaryData("logo", "AAE=")
                                .build())
                : Optional.empty();
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return name.equals("keys")
                ? Optional.of(new SecretBuilder().addToData("door", "b3Blbg==").build())
                : Optional.empty();
    }

    @Override
    public Optional<NodeVolume> claimed(Pod pod, String claim, boolean owned) {
        if (owned && !claim.equals("web-scratch")) {
            throw new Environment.Missing(claim + " is not the pod's own");
        }
        return owned || claim.equals("data")
                ? Optional.of(new NodeVolume("pv-1", "/srv/data", true))
                : Optional.empty();
    }

    @Override
    public Optional<Token> token(Pod pod, @Nullable String audience, @Nullable Long seconds) {
        return "none".equals(audience)
                ? Optional.empty()
                : Optional.of(new Token(token, Pods.NOW.plusSeconds(2880)));
    }

    @Override
    public List<Service> links(Pod pod) {
        return List.of();
    }

    @Override
    public Optional<String> runtimeHandler(String runtimeClass) {
        return runtimeClass.equals("small") ? Optional.of("crun") : Optional.empty();
    }
}
