package dev.flotilla.registry.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What else the typed model does not hold: which fields an object can't do without, and which
/// objects are only ever replaced as a whole.
final class FieldFacts {
    /// Each line: a class and its required fields.
    private static final String REQUIRED =
            """
            Condition type status lastTransitionTime reason message
            Container name
            ContainerPort containerPort
            DeploymentSpec selector template
            EnvVar name
            EphemeralContainer name
            Event metadata involvedObject
            HTTPGetAction port
            HTTPHeader name value
            HostAlias ip
            HostPathVolumeSource path
            LabelSelectorRequirement key operator
            NamespaceCondition type status
            NodeAddress type address
            NodeCondition type status
            NodeSelector nodeSelectorTerms
            NodeSelectorRequirement key operator
            ObjectFieldSelector fieldPath
            OwnerReference apiVersion kind name uid
            PodAffinityTerm topologyKey
            PodCondition type status
            PodSpec containers
            ReplicaSetSpec selector
            ResourceFieldSelector resource
            SecretKeySelector key
            ConfigMapKeySelector key
            ServicePort port
            TCPSocketAction port
            Taint key effect
            TopologySpreadConstraint maxSkew topologyKey whenUnsatisfiable
            Volume name
            VolumeMount name mountPath
            Ssh host
            """;

    private static final Map<String, List<String>> BY_CLASS =
            REQUIRED.lines()
                    .map(line -> line.trim().split(" "))
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    w -> w[0], w -> Arrays.asList(w).subList(1, w.length)));

    private static final Set<String> ATOMIC =
            Set.of(
                    "ConfigMapKeySelector",
                    "LabelSelector",
                    "LocalObjectReference",
                    "NodeSelector",
                    "NodeSelectorTerm",
                    "ObjectFieldSelector",
                    "ObjectReference",
                    "OwnerReference",
                    "ResourceFieldSelector",
                    "ScopeSelector",
                    "SecretKeySelector",
                    "SecretReference",
                    "TypedLocalObjectReference");

    private static final Set<String> ATOMIC_MAPS =
            Set.of("PodSpec.nodeSelector", "ServiceSpec.selector");

    private FieldFacts() {}

    static List<String> required(Class<?> model) {
        return BY_CLASS.getOrDefault(model.getSimpleName(), List.of());
    }

    static boolean atomic(Class<?> model) {
        return ATOMIC.contains(model.getSimpleName());
    }

    static boolean atomicMap(Class<?> model, String field) {
        return ATOMIC_MAPS.contains(model.getSimpleName() + "." + field);
    }
}
