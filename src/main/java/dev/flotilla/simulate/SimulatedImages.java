package dev.flotilla.simulate;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/// The images of a simulated node, and a registry that has every image but those whose name holds
/// `no-such`, so that a person can see what a missing image looks like. The image `instant`, of
/// whatever tag, is on every node and takes no time.
final class SimulatedImages {
    private final Set<String> present = ConcurrentHashMap.newKeySet();

    boolean has(String image) {
        return instant(image) || present.contains(canonical(image));
    }

    static boolean instant(String image) {
        return canonical(image).startsWith("instant:");
    }

    /// How long a pull takes on this node; the same image takes about as long everywhere.
    Duration pullTime(String image, double jitter) {
        if (has(image)) {
            return Duration.ofMillis(60);
        }
        double size = new SplittableRandom(canonical(image).hashCode()).nextDouble();
        return Duration.ofMillis((long) ((300 + 2_500 * size * size) * (0.8 + 0.4 * jitter)));
    }

    void pulled(String image) {
        var name = canonical(image);
        int tag = name.lastIndexOf(':');
        if (name.substring(0, tag).contains("no-such")) {
            throw new RefusedByEngine(
                    "pull access denied for "
                            + name.substring(0, tag)
                            + ", repository does not exist or may require 'docker login': denied:"
                            + " requested access to the resource is denied");
        }
        if (name.contains("no-such")) {
            throw new RefusedByEngine(
                    "manifest for " + name + " not found: manifest unknown: manifest unknown");
        }
        present.add(name);
    }

    /// With the tag that is meant when none is given.
    private static String canonical(String image) {
        boolean named = image.lastIndexOf(':') > image.lastIndexOf('/');
        return named ? image : image + ":latest";
    }
}
