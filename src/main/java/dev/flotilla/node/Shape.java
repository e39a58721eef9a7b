package dev.flotilla.node;

import dev.flotilla.node.ContainerSpec.Restart;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which containers a pod has, and how each of them comes and goes.
public final class Shape {
    private Shape() {}

    /// Whether a container of its own holds what the pod's containers share.
    public static boolean hasSandbox(Pod pod) {
        var spec = pod.getSpec();
        return spec.getContainers().size() > 1
                || !spec.getInitContainers().isEmpty()
                || Boolean.TRUE.equals(spec.getShareProcessNamespace());
    }

    /// Init containers first, in the order in which they start.
    public static List<Container> containers(Pod pod) {
        return Stream.concat(
                        pod.getSpec().getInitContainers().stream(),
                        pod.getSpec().getContainers().stream())
                .toList();
    }

    /// Containers that came to look at the others; they leave no words.
    public static List<Container> visitors(Pod pod) {
        return pod.getSpec().getEphemeralContainers().stream()
                .map(
                        e ->
                                new ContainerBuilder()
                                        .withName(e.getName())
                                        .withImage(e.getImage())
                                        .withImagePullPolicy(e.getImagePullPolicy())
                                        .withCommand(e.getCommand())
                                        .withArgs(e.getArgs())
                                        .withWorkingDir(e.getWorkingDir())
                                        .withEnv(e.getEnv())
                                        .withEnvFrom(e.getEnvFrom())
                                        .withResources(e.getResources())
                                        .withVolumeMounts(e.getVolumeMounts())
                                        .withSecurityContext(e.getSecurityContext())
                                        .withStdin(e.getStdin())
                                        .withStdinOnce(e.getStdinOnce())
                                        .withTty(e.getTty())
                                        .build())
                .toList();
    }

    /// What the API last said of them, in the same order, and of visitors.
    public static List<ContainerStatus> statuses(Pod pod) {
        var status = pod.getStatus();
        return status == null
                ? List.of()
                : Stream.of(
                                status.getInitContainerStatuses(),
                                status.getContainerStatuses(),
                                status.getEphemeralContainerStatuses())
                        .flatMap(List::stream)
                        .toList();
    }

    /// That container, wherever it stands.
    public static Optional<Container> container(Pod pod, String name) {
        return Stream.concat(containers(pod).stream(), visitors(pod).stream())
                .filter(c -> c.getName().equals(name))
                .findFirst();
    }

    /// Whether it has something to do before it counts as started.
    public static boolean hasPostStart(Container container) {
        var lifecycle = container.getLifecycle();
        return lifecycle != null && lifecycle.getPostStart() != null;
    }

    /// An init container that goes on running beside the others.
    public static boolean isSidecar(Container container) {
        return "Always".equals(container.getRestartPolicy());
    }

    /// Whether that container came to look at the others.
    public static boolean isVisitor(Pod pod, String name) {
        return pod.getSpec().getEphemeralContainers().stream()
                .anyMatch(e -> e.getName().equals(name));
    }

    /// Whether it uses the node's own network.
    public static boolean onHostNetwork(Pod pod) {
        return Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    }

    /// How the pod's own containers are restarted.
    public static Restart restart(Pod pod) {
        var policy = pod.getSpec().getRestartPolicy();
        return switch (policy == null ? "Always" : policy) {
            case "Never" -> Restart.NEVER;
            case "OnFailure" -> Restart.ON_FAILURE;
            default -> Restart.ALWAYS;
        };
    }

    /// How that container of the pod is restarted: one that initializes runs until it succeeds.
    public static Restart restart(Pod pod, Container container) {
        if (isSidecar(container)) {
            return Restart.ALWAYS;
        }
        if (isVisitor(pod, container.getName())) {
            return Restart.NEVER;
        }
        boolean initializes =
                pod.getSpec().getInitContainers().stream()
                        .anyMatch(c -> c.getName().equals(container.getName()));
        var own = restart(pod);
        return initializes && own == Restart.ALWAYS ? Restart.ON_FAILURE : own;
    }
}
