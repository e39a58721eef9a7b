package dev.flotilla.registry.kind;

import dev.flotilla.registry.ResourceType;

import io.fabric8.kubernetes.api.model.HasMetadata;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Puts a [ResourceType] together; what is not said is as for most kinds: namespaced, all verbs,
/// neither status nor scale.
public final class Types {
    private static final Set<String> ALL =
            Set.of(
                    "create",
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "update",
                    "watch");

    private final String group;
    private final String version;
    private final String plural;
    private final Class<? extends HasMetadata> model;
    private List<String> shortNames = List.of();
    private List<String> categories = List.of();
    private Set<String> verbs = ALL;
    private boolean namespaced = true;
    private boolean status;
    private boolean scale;

    private Types(String group, String version, String plural, Class<? extends HasMetadata> model) {
        this.group = group;
        this.version = version;
        this.plural = plural;
        this.model = model;
    }

    /// @param apiVersion `v1` or `apps/v1`
    public static Types of(String apiVersion, String plural, Class<? extends HasMetadata> model) {
        int slash = apiVersion.indexOf('/');
        return new Types(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                plural,
                model);
    }

    public Types shortNames(String... names) {
        shortNames = List.of(names);
        return this;
    }

    /// Shown by `kubectl get all`.
    public Types inAll() {
        categories = List.of("all");
        return this;
    }

    public Types clusterScoped() {
        namespaced = false;
        return this;
    }

    public Types verbs(String... some) {
        verbs = Set.of(some);
        return this;
    }

    public Types status() {
        status = true;
        return this;
    }

    public Types scale() {
        scale = true;
        return this;
    }

    public ResourceType build() {
        var kind = model.getSimpleName();
        return new ResourceType(
                group,
                version,
                plural,
                kind.toLowerCase(Locale.ROOT),
                kind,
                shortNames,
                categories,
                namespaced,
                verbs,
                status,
                scale,
                model);
    }
}
