package dev.flotilla.schedule.score;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Shape;

/// How much of the pod's images the node has already: nothing for less than 23 MB, all for 1,000 MB
/// an image (Kubernetes' numbers).
final class ImageThere implements NodeScore {
    private static final long MEGABYTE = 1024 * 1024;
    private static final double LEAST = 23 * MEGABYTE;
    private static final double MOST = 1000 * MEGABYTE;

    @Override
    public double of(Shape pod, NodeView node) {
        var there = node.known().images();
        if (there.isEmpty() || pod.images().isEmpty()) {
            return 0;
        }
        double sum = 0;
        for (var image : pod.images()) {
            sum += there.getOrDefault(tagged(image), 0L);
        }
        double most = MOST * pod.images().size();
        return 100 * (Math.clamp(sum, LEAST, most) - LEAST) / (most - LEAST);
    }

    /// An image without a tag is its latest.
    private static String tagged(String image) {
        return image.lastIndexOf(':') <= image.lastIndexOf('/') ? image + ":latest" : image;
    }
}
