package dev.flotilla.node.plan;

import dev.flotilla.node.Shape;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a pod asks that a node can't give yet. Nothing is silently left out: either the pod waits
/// and says why, or it runs and an event says what it does without.
public final class Unsupported {
    private Unsupported() {}

    /// Why the pod can't run at all: without this it would not be what was asked for.
    public static Optional<String> refusal(Pod pod) {
        var spec = pod.getSpec();
        var asked = new ArrayList<String>();
        spec.getVolumes().stream()
                .filter(v -> !isKnown(v))
                .filter(v -> isMounted(v, Shape.containers(pod)))
                .forEach(v -> asked.add("the volume \"" + v.getName() + "\""));
        if (isLocal(spec.getSecurityContext())) {
            asked.add("a seccomp profile of the node");
        }
        for (var container : Shape.containers(pod)) {
            if (isLocal(container.getSecurityContext())) {
                asked.add(
                        "the seccomp profile of the node for container \""
                                + container.getName()
                                + "\"");
            }
            var security = container.getSecurityContext();
            if (security != null && "Unmasked".equals(security.getProcMount())) {
                asked.add("the procMount of container \"" + container.getName() + "\"");
            }
            if (!container.getVolumeDevices().isEmpty()) {
                asked.add("the volumeDevices of container \"" + container.getName() + "\"");
            }
        }
        return asked.isEmpty()
                ? Optional.empty()
                : Optional.of("not supported by this node yet: " + String.join(", ", asked));
    }

    /// What the pod does without.
    public static List<String> missed(Pod pod) {
        var missed = new ArrayList<String>();
        for (var container : pod.getSpec().getContainers()) {
            var where = " of container \"" + container.getName() + "\"";
            if (container.getLifecycle() != null) {
                missed.add("the lifecycle hooks" + where + " are not run yet");
            }
        }
        if (pod.getSpec().getActiveDeadlineSeconds() != null) {
            missed.add("activeDeadlineSeconds is not kept yet");
        }
        return missed;
    }

    private static boolean isLocal(@Nullable PodSecurityContext asked) {
        return asked != null && isLocal(asked.getSeccompProfile());
    }

    private static boolean isLocal(@Nullable SecurityContext asked) {
        return asked != null && isLocal(asked.getSeccompProfile());
    }

    private static boolean isLocal(@Nullable SeccompProfile profile) {
        return profile != null && "Localhost".equals(profile.getType());
    }

    private static boolean isKnown(Volume volume) {
        return volume.getEmptyDir() != null
                || volume.getHostPath() != null
                || volume.getConfigMap() != null
                || volume.getSecret() != null
                || volume.getDownwardAPI() != null
                || volume.getProjected() != null
                || volume.getPersistentVolumeClaim() != null;
    }

    private static boolean isMounted(Volume volume, List<Container> containers) {
        return containers.stream()
                .flatMap(c -> c.getVolumeMounts().stream())
                .anyMatch(m -> m.getName().equals(volume.getName()));
    }
}
