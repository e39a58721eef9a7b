package dev.flotilla.node.health;

import dev.flotilla.node.image.StoredImage;

import io.fabric8.kubernetes.api.model.ContainerImage;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The images that a Node's status tells of: as in Kubernetes the fifty largest, with five names
/// each.
public final class NodeImages {
    private static final int IMAGES = 50;
    private static final int NAMES = 5;

    private NodeImages() {}

    /// What is told of these.
    public static List<ContainerImage> of(List<StoredImage> images) {
        return images.stream()
                .filter(i -> !i.names().isEmpty() || !i.digests().isEmpty())
                .sorted(
                        Comparator.comparingLong(StoredImage::sizeBytes)
                                .reversed()
                                .thenComparing(StoredImage::id))
                .limit(IMAGES)
                .map(NodeImages::told)
                .toList();
    }

    private static ContainerImage told(StoredImage image) {
        var names =
                Stream.concat(image.digests().stream(), image.names().stream())
                        .limit(NAMES)
                        .toList();
        return new ContainerImage(names, image.sizeBytes());
    }
}
