package dev.flotilla.node.image;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Since when each image of a node is known, and when a container last had it.
///
/// @param seen by image id
record ImageAges(Map<String, Seen> seen) {
    /// A new image is about to be used: it is left alone for so long. Kubernetes' default.
    static final Duration LEAST_AGE = Duration.ofMinutes(2);

    static final ImageAges NONE = new ImageAges(Map.of());

    /// @param lastUsed [Instant#EPOCH] if never
    record Seen(Instant first, Instant lastUsed) {}

    /// One look. What is there at the first one may be old, and counts as old.
    ImageAges look(List<StoredImage> images, Set<String> used, Instant now) {
        var since = seen.isEmpty() ? Instant.EPOCH : now;
        var next = new HashMap<String, Seen>();
        for (var image : images) {
            var before = seen.getOrDefault(image.id(), new Seen(since, Instant.EPOCH));
            next.put(
                    image.id(), used.contains(image.id()) ? new Seen(before.first(), now) : before);
        }
        return new ImageAges(Map.copyOf(next));
    }

    /// What may go, in the order in which it should: not used for longest first, then known for
    /// longest. To be asked right after [#look] of the same.
    ///
    /// @param kept names of images that always stay
    List<StoredImage> removable(
            List<StoredImage> images, Set<String> used, Set<String> kept, Instant now) {
        return images.stream()
                .filter(i -> !used.contains(i.id()))
                .filter(i -> i.names().stream().noneMatch(kept::contains))
                .filter(i -> !now.isBefore(of(i).first().plus(LEAST_AGE)))
                .sorted(
                        Comparator.comparing((StoredImage i) -> of(i).lastUsed())
                                .thenComparing(i -> of(i).first())
                                .thenComparing(StoredImage::id))
                .toList();
    }

    private Seen of(StoredImage image) {
        return seen.getOrDefault(image.id(), new Seen(Instant.MAX.minus(LEAST_AGE), Instant.MAX));
    }
}
