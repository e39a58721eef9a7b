package dev.flotilla.node.plan;

import dev.flotilla.node.plan.ContainerSpecs.Host;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// A container's environment: the services around it, then `envFrom`, then `env`, with what they
/// refer to looked up and `$(NAME)` put in.
public final class Environment {
    private final Pod pod;
    private final String podIp;
    private final Host host;
    private final Container container;
    private final Lookup lookup;
    private final Map<String, String> made = new LinkedHashMap<>();

    private Environment(Pod pod, Container container, String podIp, Host host, Lookup lookup) {
        this.pod = pod;
        this.container = container;
        this.podIp = podIp;
        this.host = host;
        this.lookup = lookup;
    }

    /// @throws Missing if something that is not optional isn't there
    static Map<String, String> of(
            Container container, Pod pod, String podIp, Host host, Lookup lookup) {
        var environment = new Environment(pod, container, podIp, host, lookup);
        environment.made.putAll(Links.of(lookup.links(pod)));
        container.getEnvFrom().forEach(environment::addAll);
        container.getEnv().forEach(environment::add);
        return environment.made;
    }

    private void addAll(EnvFromSource from) {
        var prefix = from.getPrefix() == null ? "" : from.getPrefix();
        var map = from.getConfigMapRef();
        if (map != null) {
            lookup.configMap(namespace(), map.getName())
                    .ifPresentOrElse(
                            found -> found.getData().forEach((k, v) -> made.put(prefix + k, v)),
                            () -> absent(map.getOptional(), noConfigMap(map.getName())));
        }
        var secret = from.getSecretRef();
        if (secret != null) {
            lookup.secret(namespace(), secret.getName())
                    .ifPresentOrElse(
                            found ->
                                    found.getData()
                                            .forEach((k, v) -> made.put(prefix + k, decoded(v))),
                            () -> absent(secret.getOptional(), noSecret(secret.getName())));
        }
    }

    private void add(EnvVar variable) {
        var source = variable.getValueFrom();
        if (source == null) {
            var text = variable.getValue() == null ? "" : variable.getValue();
            made.put(variable.getName(), Expansion.of(text, made));
            return;
        }
        var value = value(source);
        if (value != null) {
            made.put(variable.getName(), value);
        }
    }

    private @Nullable String value(EnvVarSource source) {
        if (source.getFieldRef() != null) {
            return field(source.getFieldRef().getFieldPath());
        }
        var map = source.getConfigMapKeyRef();
        if (map != null) {
            var found = lookup.configMap(namespace(), map.getName());
            var value = found.map(m -> m.getData().get(map.getKey()));
            return value.orElseGet(
                    () ->
                            absent(
                                    map.getOptional(),
                                    found.isEmpty()
                                            ? noConfigMap(map.getName())
                                            : noKey(map.getKey(), "ConfigMap", map.getName())));
        }
        var secret = source.getSecretKeyRef();
        if (secret != null) {
            var found = lookup.secret(namespace(), secret.getName());
            var value = found.map(s -> s.getData().get(secret.getKey()));
            return value.map(Environment::decoded)
                    .orElseGet(
                            () ->
                                    absent(
                                            secret.getOptional(),
                                            found.isEmpty()
                                                    ? noSecret(secret.getName())
                                                    : noKey(
                                                            secret.getKey(),
                                                            "Secret",
                                                            secret.getName())));
        }
        return source.getResourceFieldRef() == null
                ? null
                : Downward.resource(source.getResourceFieldRef(), container, pod, host);
    }

    private String field(String path) {
        return switch (path) {
            case "status.podIP", "status.podIPs" -> podIp;
            case "status.hostIP", "status.hostIPs" -> host.address();
            default -> Downward.field(path, pod);
        };
    }

    private String namespace() {
        return pod.getMetadata().getNamespace();
    }

    private static @Nullable String absent(@Nullable Boolean optional, String sentence) {
        if (Boolean.TRUE.equals(optional)) {
            return null;
        }
        throw new Missing(sentence);
    }

    private static String noConfigMap(String name) {
        return "configmap \"" + name + "\" not found";
    }

    private static String noSecret(String name) {
        return "secret \"" + name + "\" not found";
    }

    private String noKey(String key, String kind, String name) {
        return "couldn't find key %s in %s %s/%s"
                .formatted(key, kind, pod.getMetadata().getNamespace(), name);
    }

    private static String decoded(String base64) {
        return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /// What the pod refers to is not there, or can't be given; said in a sentence.
    public static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Missing(String sentence) {
            super(sentence);
        }
    }
}
