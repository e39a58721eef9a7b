package dev.flotilla.app;

import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// `flotilla images`: what lies on which node, and who uses it.
@Command(
        name = "images",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "List the images of the nodes: the fifty largest of each, and the pods on them.")
final class ImagesCommand implements Callable<Integer> {
    @Option(
            names = "--nodes",
            paramLabel = "NODE",
            split = ",",
            description = "Only of these nodes.")
    List<String> nodes = List.of();

    @Mixin private ApiOptions api = new ApiOptions();
    private final Terminal terminal;

    ImagesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = api.client()) {
            print(
                    client.nodes().list().getItems(),
                    client.pods().inAnyNamespace().list().getItems());
            return 0;
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(
                    "the master of %s does not answer: %s; is it running?"
                            .formatted(api.kubeconfig, e.getMessage()),
                    e);
        }
    }

    private void print(List<Node> all, List<Pod> pods) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("NODE", "IMAGE", "SIZE", "PODS"));
        for (var node : all) {
            var name = node.getMetadata().getName();
            if (node.getStatus() == null || (!nodes.isEmpty() && !nodes.contains(name))) {
                continue;
            }
            var here = pods.stream().filter(p -> name.equals(p.getSpec().getNodeName())).toList();
            for (var image : node.getStatus().getImages()) {
                rows.add(
                        List.of(
                                name,
                                shown(image),
                                String.format(Locale.ROOT, "%.1f MB", image.getSizeBytes() / 1e6),
                                users(image, here)));
            }
        }
        int[] widths = new int[4];
        rows.forEach(r -> fit(widths, r));
        for (var row : rows) {
            terminal.out()
                    .printf(
                            "%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s  %s%n",
                            row.toArray());
        }
    }

    private static void fit(int[] widths, List<String> row) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
        }
    }

    /// A tag rather than a digest.
    private static String shown(ContainerImage image) {
        return image.getNames().stream()
                .filter(n -> !n.contains("@"))
                .findFirst()
                .orElse(image.getNames().getFirst());
    }

    private static String users(ContainerImage image, Collection<Pod> pods) {
        var users =
                pods.stream()
                        .filter(p -> statuses(p).anyMatch(s -> isOf(s, image)))
                        .map(p -> p.getMetadata().getNamespace() + "/" + p.getMetadata().getName())
                        .toList();
        return users.isEmpty() ? "-" : String.join(",", users);
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return Stream.concat(
                pod.getStatus().getInitContainerStatuses().stream(),
                pod.getStatus().getContainerStatuses().stream());
    }

    private static boolean isOf(ContainerStatus status, ContainerImage image) {
        var name = Objects.requireNonNullElse(status.getImage(), "");
        return image.getNames().stream()
                .anyMatch(
                        n ->
                                n.equals(name)
                                        || n.equals(name + ":latest")
                                        || name.endsWith("/" + n));
    }
}
