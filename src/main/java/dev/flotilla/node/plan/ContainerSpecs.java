package dev.flotilla.node.plan;

import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.ContainerSpec.Console;
import dev.flotilla.node.ContainerSpec.Limits;
import dev.flotilla.node.ContainerSpec.Network;
import dev.flotilla.node.ContainerSpec.Port;
import dev.flotilla.node.ContainerSpec.Restart;
import dev.flotilla.node.ContainerSpec.Sharing;
import dev.flotilla.node.PodFiles;
import dev.flotilla.node.PodFolder;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.Shape;

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
public record ContainerSpecs(String cluster, Host host, Lookup lookup) {

    /// What a container is told of its node.
    ///
    /// @param memoryBytes of the whole node
    /// @param appArmor whether its kernel confines by AppArmor
    /// @param pids how many processes a container may have there, 0 for no limit
    public record Host(
            String address, long cpuMillis, long memoryBytes, boolean appArmor, long pids) {}

    /// What is known only once a container is made.
    ///
    /// @param address the pod's; the node's if the pod has its network
    /// @param joins the id of the sandbox, null if the container has the address itself
    /// @param restarts the count that the container begins with
    /// @param bare whether the node holds nothing of what every pod gets
    /// @param target the id of the container whose processes it sees, empty for none
    public record Placing(
            String address, @Nullable String joins, int restarts, boolean bare, String target) {}

    /// A container, and what must be on the node before it is made.
    public record Order(ContainerSpec spec, PodFiles parts) {}

    /// Where the pod's volumes lie.
    public PodFolder folder(Pod pod) {
        return new PodFolder(cluster, pod.getMetadata().getUid());
    }

    /// What lies on the node for the pod.
    ///
    /// @throws Environment.Missing if what a volume refers to isn't there
    public Volumes volumes(Pod pod) {
        return Volumes.of(pod, cluster, host, lookup);
    }

    /// A container of the pod.
    ///
    /// @throws Environment.Missing if the configuration it refers to isn't there
    public Order of(Pod pod, Container c, Placing placing, ImageUser imageUser) {
        var volumes = volumes(pod);
        var environment = Environment.of(c, pod, placing.address(), host, lookup);
        var labels = labels(pod, c.getName(), hash(c), placing.address());
        labels.put(PodLabels.RESTARTS, Integer.toString(placing.restarts()));
        boolean alone = placing.joins() == null;
        var spec =
                new ContainerSpec(
                        name(pod, c.getName()),
                        c.getImage(),
                        expanded(c.getCommand(), environment),
                        expanded(c.getArgs(), environment),
                        c.getWorkingDir(),
                        environment,
                        labels,
                        network(
                                pod,
                                placing.joins(),
                                placing.address(),
                                alone ? ports(c) : List.of()),
                        sharing(pod, !alone, alone).with(placing.target()),
                        Share.of(pod, c, host),
                        Isolation.of(pod, c, alone, host, imageUser),
                        placing.bare() ? List.of() : volumes.mounts(c, environment),
                        new Console(
                                Boolean.TRUE.equals(c.getStdin()),
                                Boolean.TRUE.equals(c.getStdinOnce()),
                                Boolean.TRUE.equals(c.getTty())),
                        runtime(pod),
                        byEngine(pod, c));
        return new Order(spec, volumes.parts(c, environment));
    }

    /// The container that holds what a pod's containers share.
    ///
    /// @throws Environment.Missing if the pod's RuntimeClass isn't there
    public ContainerSpec sandbox(Pod pod, String image, String address) {
        return new ContainerSpec(
                name(pod, PodLabels.SANDBOX),
                image,
                List.of(),
                List.of(),
                null,
                Map.of(),
                labels(pod, PodLabels.SANDBOX, hash(pod), address),
                network(
                        pod,
                        null,
                        address,
                        Shape.containers(pod).stream().flatMap(c -> ports(c).stream()).toList()),
                sharing(pod, false, true),
                Limits.NONE,
                Isolation.ofSandbox(pod),
                List.of(),
                Console.NONE,
                runtime(pod),
                Restart.ALWAYS);
    }

    /// What can change in a living pod and needs a new container.
    public static String hash(Container c) {
        return hash(c.getName() + '\n' + c.getImage());
    }

    static String hash(Pod pod) {
        return hash(pod.getMetadata().getUid());
    }

    /// An engine that starts a container again doesn't know what the container wants done then.
    private static Restart byEngine(Pod pod, Container c) {
        return Shape.hasPostStart(c) ? Restart.NEVER : Shape.restart(pod, c);
    }

    private static Network network(
            Pod pod, @Nullable String joins, String address, List<Port> ports) {
        boolean onHost = Shape.onHostNetwork(pod);
        return new Network(
                Naming.hostname(pod),
                joins != null || onHost ? null : address,
                joins,
                onHost,
                onHost ? List.of() : ports,
                joins == null ? Naming.hosts(pod, address) : List.of(),
                joins == null ? Naming.names(pod) : ContainerSpec.Names.USUAL);
    }

    private static Sharing sharing(Pod pod, boolean joins, boolean offered) {
        var spec = pod.getSpec();
        return new Sharing(
                Boolean.TRUE.equals(spec.getHostPID()),
                Boolean.TRUE.equals(spec.getHostIPC()),
                joins && Boolean.TRUE.equals(spec.getShareProcessNamespace()),
                offered);
    }

    private String runtime(Pod pod) {
        var name = pod.getSpec().getRuntimeClassName();
        if (name == null || name.isEmpty()) {
            return "";
        }
        return lookup.runtimeHandler(name)
                .orElseThrow(
                        () -> new Environment.Missing("RuntimeClass \"" + name + "\" not found"));
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
                                        p.getProtocol() == null ? "TCP" : p.getProtocol(),
                                        p.getHostIP() == null ? "" : p.getHostIP()))
                .toList();
    }

    private static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
