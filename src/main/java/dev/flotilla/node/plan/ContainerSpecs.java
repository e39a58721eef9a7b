package dev.flotilla.node.plan;

import dev.flotilla.model.Resources;
import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.ContainerSpec.Port;
import dev.flotilla.node.ContainerSpec.Restart;
import dev.flotilla.node.PodLabels;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// From a pod's words to an engine's.
///
/// @param cluster see [PodLabels#CLUSTER]
public record ContainerSpecs(String cluster, String hostIp, Lookup lookup) {

    /// A container of the pod.
    ///
    /// @param joins the id of the sandbox, null if the container has the address itself
    /// @throws Environment.Missing if the configuration it refers to isn't there
    public ContainerSpec of(
            Pod pod, Container c, String address, @Nullable String joins, int restarts) {
        var environment = Environment.of(c, pod, address, hostIp, lookup);
        var limits = limits(c);
        var labels = labels(pod, c.getName(), hash(c), address);
        labels.put(PodLabels.RESTARTS, Integer.toString(restarts));
        return new ContainerSpec(
                name(pod, c.getName()),
                c.getImage(),
                hostname(pod),
                expanded(c.getCommand(), environment),
                expanded(c.getArgs(), environment),
                c.getWorkingDir(),
                environment,
                labels,
                joins == null ? address : null,
                joins,
                joins == null ? ports(c) : List.of(),
                limits.cpuMillis(),
                shares(c),
                limits.memoryBytes(),
                restart(pod));
    }

    /// The container that holds the network of a pod with several.
    public ContainerSpec sandbox(Pod pod, String image, String address) {
        return new ContainerSpec(
                name(pod, PodLabels.SANDBOX),
                image,
                hostname(pod),
                List.of(),
                List.of(),
                null,
                Map.of(),
                labels(pod, PodLabels.SANDBOX, hash(pod), address),
                address,
                null,
                pod.getSpec().getContainers().stream().flatMap(c -> ports(c).stream()).toList(),
                0,
                0,
                0,
                Restart.ALWAYS);
    }

    /// What can change in a living pod and needs a new container.
    public static String hash(Container c) {
        return hash(c.getName() + '\n' + c.getImage());
    }

    static String hash(Pod pod) {
        return hash(pod.getMetadata().getUid());
    }

    private Map<String, String> labels(Pod pod, String container, String hash, String address) {
        var labels = new LinkedHashMap<String, String>();
        labels.put(PodLabels.NAME, pod.getMetadata().getName());
        labels.put(PodLabels.NAMESPACE, pod.getMetadata().getNamespace());
        labels.put(PodLabels.UID, pod.getMetadata().getUid());
        labels.put(PodLabels.CONTAINER, container);
        labels.put(PodLabels.HASH, hash);
        labels.put(PodLabels.ADDRESS, address);
        labels.put(PodLabels.CLUSTER, cluster);
        return labels;
    }

    private static String name(Pod pod, String container) {
        var meta = pod.getMetadata();
        return String.join(
                "_", "k8s", container, meta.getName(), meta.getNamespace(), meta.getUid());
    }

    /// At most 63 characters, as the kernel has it.
    private static String hostname(Pod pod) {
        var asked = pod.getSpec().getHostname();
        var name = asked == null || asked.isEmpty() ? pod.getMetadata().getName() : asked;
        return name.length() <= 63 ? name : name.substring(0, 63).replaceFirst("[-.]+$", "");
    }

    private static List<String> expanded(List<String> words, Map<String, String> environment) {
        return words.stream().map(w -> Expansion.of(w, environment)).toList();
    }

    private static List<Port> ports(Container c) {
        return c.getPorts().stream()
                .map(
                        p ->
                                new Port(
                                        p.getContainerPort(),
                                        p.getHostPort() == null ? 0 : p.getHostPort(),
                                        p.getProtocol() == null ? "TCP" : p.getProtocol()))
                .toList();
    }

    private static Resources limits(Container c) {
        return c.getResources() == null
                ? Resources.NONE
                : Resources.of(c.getResources().getLimits());
    }

    /// 1024 for each core asked for, as Kubernetes has it; a limit alone counts as the request.
    private static int shares(Container c) {
        if (c.getResources() == null) {
            return 0;
        }
        long asked = Resources.of(c.getResources().getRequests()).cpuMillis();
        long millis = asked > 0 ? asked : limits(c).cpuMillis();
        return millis == 0 ? 0 : Math.clamp(millis * 1024 / 1000, 2, 262_144);
    }

    /// How the engine restarts the pod's containers by itself.
    public static Restart restart(Pod pod) {
        var policy = pod.getSpec().getRestartPolicy();
        return switch (policy == null ? "Always" : policy) {
            case "Never" -> Restart.NEVER;
            case "OnFailure" -> Restart.ON_FAILURE;
            default -> Restart.ALWAYS;
        };
    }

    private static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
