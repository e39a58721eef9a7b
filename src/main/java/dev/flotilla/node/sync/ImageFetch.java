package dev.flotilla.node.sync;

import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.memory.PodMemory;
import dev.flotilla.node.memory.Trouble;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Has an image on the node, as the container's pull policy wants it.
///
/// @param sandboxImages in order of preference, see [NodeConfig]
record ImageFetch(
        ContainerRuntime runtime,
        List<String> sandboxImages,
        EventRecorder events,
        InstantSource time) {

    void fetch(Pod pod, Container container, PodMemory memory) {
        var name = container.getName();
        var image = container.getImage();
        var policy = policy(container);
        if (!policy.equals("Always") && runtime.hasImage(image)) {
            events.normal(
                    pod, "Pulled", "Container image \"" + image + "\" already present on machine");
            memory.fetched(name);
        } else if (policy.equals("Never")) {
            var message =
                    "Container image \"" + image + "\" is not present with pull policy of Never";
            memory.failed(name, Trouble.NEVER_PULL, message, time.instant());
            events.warning(pod, Trouble.NEVER_PULL, message);
            events.warning(pod, "Failed", "Error: " + Trouble.NEVER_PULL);
        } else {
            pull(pod, name, image, memory);
        }
    }

    /// The image of a sandbox, pulled if the node has none of them.
    String sandbox() {
        for (var image : sandboxImages) {
            if (runtime.hasImage(image)) {
                return image;
            }
        }
        var image = sandboxImages.getLast();
        runtime.pull(image);
        return image;
    }

    private void pull(Pod pod, String container, String image, PodMemory memory) {
        events.normal(pod, "Pulling", "Pulling image \"" + image + "\"");
        var began = time.instant();
        try {
            runtime.pull(image);
        } catch (RefusedByEngine e) {
            var words = String.valueOf(e.getMessage());
            memory.failed(container, Trouble.PULL, words, time.instant());
            events.warning(pod, "Failed", "Failed to pull image \"" + image + "\": " + words);
            events.warning(pod, "Failed", "Error: " + Trouble.PULL);
            return;
        }
        memory.fetched(container);
        var took = Duration.between(began, time.instant()).toMillis();
        events.normal(
                pod,
                "Pulled",
                "Successfully pulled image \"%s\" in %d.%03ds"
                        .formatted(image, took / 1000, took % 1000));
    }

    /// Kubernetes' default: an image named `latest`, or with no tag, is always asked for.
    private static String policy(Container container) {
        var asked = container.getImagePullPolicy();
        if (asked != null && !asked.isEmpty()) {
            return asked;
        }
        var image = container.getImage();
        var tagAt = image.lastIndexOf(':');
        boolean latest = tagAt <= image.lastIndexOf('/') || image.endsWith(":latest");
        return latest && !image.contains("@") ? "Always" : "IfNotPresent";
    }
}
