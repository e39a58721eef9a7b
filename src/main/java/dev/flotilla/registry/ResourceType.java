package dev.flotilla.registry;

import io.fabric8.kubernetes.api.model.HasMetadata;

import java.util.List;
import java.util.Set;

/// How the API names one kind and what may be done with it.
///
/// @param group empty for the core group
/// @param kind CamelCase, such as `ReplicaSet`
/// @param verbs of `get list watch create update patch delete deletecollection`
/// @param hasStatus `/status` exists and only it writes `status`
/// @param hasScale `/scale` exists
/// @param model the typed view of the kind
public record ResourceType(
        String group,
        String version,
        String plural,
        String singular,
        String kind,
        List<String> shortNames,
        List<String> categories,
        boolean namespaced,
        Set<String> verbs,
        boolean hasStatus,
        boolean hasScale,
        Class<? extends HasMetadata> model) {

    /// `v1` or `apps/v1`.
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// `pods` or `deployments.apps`, as Kubernetes' messages call it.
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /// `Pod` or `Deployment.apps`, as Kubernetes' validation messages call it.
    public String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }
}
