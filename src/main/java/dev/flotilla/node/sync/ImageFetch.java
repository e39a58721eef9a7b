package dev.flotilla.node.sync;

import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.image.ImageName;
import dev.flotilla.node.image.PodLogins;
import dev.flotilla.node.image.RegistryLogin;
import dev.flotilla.node.image.SharedPulls;
import dev.flotilla.node.image.StoredImage;
import dev.flotilla.node.memory.PodMemory;
import dev.flotilla.node.memory.Trouble;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/// Has an image on the node, as the container's pull policy wants it. The words are Kubernetes'.
///
/// @param sandboxImages in order of preference, see [NodeConfig]
/// @param told of a pod whose status shows something new
public record ImageFetch(
        ContainerRuntime runtime,
        SharedPulls pulls,
        PodLogins logins,
        List<String> sandboxImages,
        EventRecorder events,
        InstantSource time,
        Consumer<ObjectKey> told) {
    private static final String FAILED = "Failed";

    void fetch(Pod pod, Container container, PodMemory memory) {
        var name = container.getName();
        var image = container.getImage();
        ImageName parsed;
        try {
            parsed = ImageName.parse(image);
        } catch (IllegalArgumentException e) {
            var message =
                    "Failed to apply default image tag \"%s\": couldn't parse image name \"%s\": %s"
                            .formatted(image, image, e.getMessage());
            events.warning(pod, "InspectFailed", message);
            fail(pod, name, Trouble.INVALID_NAME, message, memory);
            return;
        }
        boolean present;
        try {
            present = runtime.hasImage(image);
        } catch (RefusedByEngine e) {
            var message = "Failed to inspect image \"%s\": %s".formatted(image, e.getMessage());
            events.warning(pod, "InspectFailed", message);
            fail(pod, name, Trouble.INSPECT, message, memory);
            return;
        }
        var policy = policy(container, parsed);
        if (present && !policy.equals("Always")) {
            events.normal(
                    pod, "Pulled", "Container image \"" + image + "\" already present on machine");
            memory.fetched(name);
        } else if (policy.equals("Never")) {
            var message =
                    "Container image \"" + image + "\" is not present with pull policy of Never";
            events.warning(pod, Trouble.NEVER_PULL, message);
            fail(pod, name, Trouble.NEVER_PULL, message, memory);
        } else {
            pull(pod, name, image, parsed, memory);
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
        pulls.pull(image, null, _ -> {});
        return image;
    }

    private void pull(Pod pod, String container, String image, ImageName parsed, PodMemory memory) {
        events.normal(pod, "Pulling", "Pulling image \"" + image + "\"");
        var began = time.instant();
        Duration took;
        try {
            took = pulled(image, asked(pod, parsed), new Telling(pod, container, memory, began));
        } catch (RefusedByEngine | IllegalArgumentException e) {
            var words = String.valueOf(e.getMessage());
            events.warning(pod, FAILED, "Failed to pull image \"" + image + "\": " + words);
            fail(pod, container, Trouble.PULL, words, memory);
            return;
        }
        memory.fetched(container);
        var size = runtime.images().find(image).map(StoredImage::sizeBytes).orElse(0L);
        events.normal(
                pod,
                "Pulled",
                "Successfully pulled image \"%s\" in %s (%s including waiting). Image size: %d bytes."
                        .formatted(
                                image,
                                GoTime.words(took),
                                GoTime.words(Duration.between(began, time.instant())),
                                size));
    }

    private List<@Nullable RegistryLogin> asked(Pod pod, ImageName image) {
        var found = logins.of(pod, image);
        if (!found.missing().isEmpty()) {
            events.warning(
                    pod,
                    "FailedToRetrieveImagePullSecret",
                    "Unable to retrieve some image pull secrets (%s); attempting to pull the image may not succeed."
                            .formatted(String.join(", ", found.missing())));
        }
        return found.logins().isEmpty()
                ? Collections.singletonList(null)
                : new ArrayList<>(found.logins());
    }

    /// With one login after the other.
    private Duration pulled(
            String image, List<@Nullable RegistryLogin> logins, Consumer<String> progress) {
        var refusals = new LinkedHashSet<String>();
        for (var login : logins) {
            try {
                return pulls.pull(image, login, progress);
            } catch (RefusedByEngine e) {
                refusals.add(String.valueOf(e.getMessage()));
            }
        }
        throw new RefusedByEngine(
                refusals.size() == 1
                        ? refusals.getFirst()
                        : "[" + String.join(", ", refusals) + "]");
    }

    private void fail(Pod pod, String container, String reason, String words, PodMemory memory) {
        memory.failed(container, reason, words, time.instant());
        events.warning(pod, FAILED, "Error: " + reason);
    }

    /// Kubernetes' default: an image named `latest`, or with no tag, is always asked for.
    private static String policy(Container container, ImageName image) {
        var asked = container.getImagePullPolicy();
        if (asked != null && !asked.isEmpty()) {
            return asked;
        }
        boolean moves =
                image.tag().isEmpty() ? image.digest().isEmpty() : image.tag().equals("latest");
        return moves ? "Always" : "IfNotPresent";
    }

    /// Puts progress where the pod's status shows it, not more often than a person can follow: each
    /// time is a write.
    private final class Telling implements Consumer<String> {
        private static final Duration PERIOD = Duration.ofSeconds(2);

        private final Pod pod;
        private final String container;
        private final PodMemory memory;
        private Instant next;

        Telling(Pod pod, String container, PodMemory memory, Instant began) {
            this.pod = pod;
            this.container = container;
            this.memory = memory;
            this.next = began.plus(PERIOD);
        }

        @Override
        public synchronized void accept(String words) {
            var now = time.instant();
            if (!now.isBefore(next)) {
                next = now.plus(PERIOD);
                memory.fetching(container, words);
                told.accept(ObjectKey.of(pod));
            }
        }
    }
}
