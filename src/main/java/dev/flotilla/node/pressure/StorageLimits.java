package dev.flotilla.node.pressure;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How much one pod may have on its node's disk: a `sizeLimit` for each empty folder, a limit for
/// each container, and the sum of those for the pod as a whole. Kubernetes' order and words.
record StorageLimits(Pod pod) {
    private static final String RESOURCE = "ephemeral-storage";

    /// Volumes that have to be looked at; none for a pod without limits.
    Set<String> volumes() {
        boolean all = containers();
        return emptyDirs()
                .filter(v -> all || isLimited(v))
                .map(Volume::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether what its containers wrote has to be looked at.
    boolean containers() {
        return Stream.concat(
                        pod.getSpec().getContainers().stream(),
                        pod.getSpec().getInitContainers().stream())
                .anyMatch(c -> limit(c) != null);
    }

    /// Why it has to go; empty if it may stay.
    Optional<String> exceeded(StorageUse use) {
        return emptyDirs()
                .filter(StorageLimits::isLimited)
                .filter(v -> use.volumes().getOrDefault(v.getName(), 0L) > bytes(sizeLimit(v)))
                .findFirst()
                .map(
                        v ->
                                "Usage of EmptyDir volume \"%s\" exceeds the limit \"%s\". "
                                        .formatted(v.getName(), sizeLimit(v)))
                .or(() -> whole(use))
                .or(() -> one(use));
    }

    private Optional<String> whole(StorageUse use) {
        var limits = limits(pod.getSpec().getContainers());
        long sum = limits.stream().mapToLong(StorageLimits::bytes).sum();
        var first = limits(pod.getSpec().getInitContainers());
        long most = first.stream().mapToLong(StorageLimits::bytes).max().orElse(0);
        if (!containers() || use.all() <= Math.max(sum, most)) {
            return Optional.empty();
        }
        // A limit that stands alone is told as its author wrote it.
        var all = Stream.concat(limits.stream(), first.stream()).toList();
        var words =
                all.size() == 1 ? all.getFirst().toString() : Quantities.of(Math.max(sum, most));
        return Optional.of(
                "Pod ephemeral local storage usage exceeds the total limit of containers %s. "
                        .formatted(words));
    }

    private Optional<String> one(StorageUse use) {
        return pod.getSpec().getContainers().stream()
                .filter(c -> limit(c) != null && bytes(limit(c)) > 0)
                .filter(c -> use.containers().getOrDefault(c.getName(), 0L) > bytes(limit(c)))
                .findFirst()
                .map(
                        c ->
                                "Container %s exceeded its local ephemeral storage limit \"%s\". "
                                        .formatted(c.getName(), limit(c)));
    }

    /// Those in memory have a filesystem of their own, which ends at its size.
    private Stream<Volume> emptyDirs() {
        return pod.getSpec().getVolumes().stream()
                .filter(v -> v.getEmptyDir() != null)
                .filter(v -> !"Memory".equals(v.getEmptyDir().getMedium()));
    }

    private static boolean isLimited(Volume volume) {
        return bytes(sizeLimit(volume)) > 0;
    }

    private static @Nullable Quantity sizeLimit(Volume volume) {
        return volume.getEmptyDir().getSizeLimit();
    }

    private static List<Quantity> limits(List<Container> containers) {
        return containers.stream().flatMap(c -> Stream.ofNullable(limit(c))).toList();
    }

    private static @Nullable Quantity limit(Container container) {
        var resources = container.getResources();
        return resources == null || resources.getLimits() == null
                ? null
                : resources.getLimits().get(RESOURCE);
    }

    private static long bytes(@Nullable Quantity quantity) {
        return quantity == null ? 0 : Quantity.getAmountInBytes(quantity).longValue();
    }
}
