package dev.flotilla.registry.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How lists are merged: the facts that the published OpenAPI document of Kubernetes gives as
/// `x-kubernetes-patch-merge-key`, `-patch-strategy`, `-list-type` and `-list-map-keys`.
final class ListFacts {
    /// Each line: class and field, list type (`map`, `set`, `atomic` or `-`), keys of the map,
    /// merge key of a patch (`-`: elements are their own key), patch strategy.
    private static final String TABLE =
            """
            Container.args                          atomic
            Container.command                       atomic
            Container.env                           map name name merge
            Container.envFrom                       atomic
            Container.ports                         map containerPort,protocol containerPort merge
            Container.resizePolicy                  atomic
            Container.volumeDevices                 map devicePath devicePath merge
            Container.volumeMounts                  map mountPath mountPath merge
            EphemeralContainer.args                 atomic
            EphemeralContainer.command              atomic
            EphemeralContainer.env                  map name name merge
            EphemeralContainer.envFrom              atomic
            EphemeralContainer.ports                map containerPort,protocol containerPort merge
            EphemeralContainer.volumeDevices        map devicePath devicePath merge
            EphemeralContainer.volumeMounts         map mountPath mountPath merge
            DeploymentSpec.strategy                 - - - retainKeys
            DeploymentStatus.conditions             map type type merge
            ExecAction.command                      atomic
            HTTPGetAction.httpHeaders               atomic
            HostAlias.hostnames                     atomic
            LabelSelector.matchExpressions          atomic
            LabelSelectorRequirement.values         atomic
            NamespaceSpec.finalizers                atomic
            NamespaceStatus.conditions              map type type merge
            NodeSpec.podCIDRs                       set - - merge
            NodeSpec.taints                         atomic
            NodeStatus.addresses                    map type type merge
            NodeStatus.conditions                   map type type merge
            NodeStatus.images                       atomic
            NodeStatus.volumesAttached              atomic
            NodeStatus.volumesInUse                 atomic
            ObjectMeta.finalizers                   set - - merge
            ObjectMeta.managedFields                atomic
            ObjectMeta.ownerReferences              map uid uid merge
            PodDNSConfig.nameservers                atomic
            PodDNSConfig.options                    atomic
            PodDNSConfig.searches                   atomic
            PodSecurityContext.supplementalGroups   atomic
            PodSecurityContext.sysctls              atomic
            PodSpec.containers                      map name name merge
            PodSpec.ephemeralContainers             map name name merge
            PodSpec.hostAliases                     map ip ip merge
            PodSpec.imagePullSecrets                map name name merge
            PodSpec.initContainers                  map name name merge
            PodSpec.readinessGates                  atomic
            PodSpec.resourceClaims                  map name name merge,retainKeys
            PodSpec.schedulingGates                 map name name merge
            PodSpec.tolerations                     atomic
            PodSpec.topologySpreadConstraints       map topologyKey,whenUnsatisfiable topologyKey merge
            PodSpec.volumes                         map name name merge,retainKeys
            PodStatus.conditions                    map type type merge
            PodStatus.containerStatuses             atomic
            PodStatus.ephemeralContainerStatuses    atomic
            PodStatus.hostIPs                       atomic ip ip merge
            PodStatus.initContainerStatuses         atomic
            PodStatus.podIPs                        map ip ip merge
            PodStatus.resourceClaimStatuses         map name name merge,retainKeys
            ReplicaSetStatus.conditions             map type type merge
            ResourceRequirements.claims             map name
            ServiceAccount.imagePullSecrets         atomic
            ServiceAccount.secrets                  map name name merge
            ServiceSpec.clusterIPs                  atomic
            ServiceSpec.externalIPs                 atomic
            ServiceSpec.ipFamilies                  atomic
            ServiceSpec.loadBalancerSourceRanges    atomic
            ServiceSpec.ports                       map port,protocol port merge
            ServiceStatus.conditions                map type type merge
            LoadBalancerStatus.ingress              atomic
            """;

    private static final Map<String, ListFacts> FACTS =
            TABLE.lines()
                    .map(line -> line.trim().split(" +"))
                    .collect(Collectors.toUnmodifiableMap(w -> w[0], ListFacts::new));

    private final String type;
    private final List<String> keys;
    private final String mergeKey;
    private final String strategy;

    private ListFacts(String[] words) {
        type = words[1];
        keys = words.length > 2 ? named(words[2]) : List.of();
        mergeKey = words.length > 3 ? words[3] : "-";
        strategy = words.length > 4 ? words[4] : "";
    }

    static Optional<ListFacts> of(Class<?> model, String field) {
        return Optional.ofNullable(FACTS.get(model.getSimpleName() + "." + field));
    }

    /// `map`, `set` or `atomic`; empty if it is no list or nothing is said.
    Optional<String> type() {
        return type.equals("-") ? Optional.empty() : Optional.of(type);
    }

    List<String> keys() {
        return keys;
    }

    Optional<String> mergeKey() {
        return mergeKey.equals("-") ? Optional.empty() : Optional.of(mergeKey);
    }

    /// `merge`, `retainKeys`, both with a comma, or empty.
    String strategy() {
        return strategy;
    }

    boolean merged() {
        return strategy.startsWith("merge");
    }

    private static List<String> named(String words) {
        return words.equals("-") ? List.of() : Arrays.asList(words.split(","));
    }
}
