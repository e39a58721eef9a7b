package dev.flotilla.node.plan;

import dev.flotilla.node.Shape;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a pod asks that a node can't give. Nothing is silently left out: the pod waits and says
/// why.
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
        if (Boolean.FALSE.equals(spec.getHostUsers())) {
            asked.add(
                    "user namespaces (hostUsers: false), which Docker has for a whole engine only");
        }
        for (var container : Shape.containers(pod)) {
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
                : Optional.of("not supported by this node: " + String.join(", ", asked));
    }

    private static boolean isKnown(Volume volume) {
        return volume.getEmptyDir() != null
                || volume.getHostPath() != null
                || volume.getConfigMap() != null
                || volume.getSecret() != null
                || volume.getDownwardAPI() != null
                || volume.getProjected() != null
                || volume.getPersistentVolumeClaim() != null
                || volume.getEphemeral() != null;
    }

    private static boolean isMounted(Volume volume, List<Container> containers) {
        return containers.stream()
                .flatMap(c -> c.getVolumeMounts().stream())
                .anyMatch(m -> m.getName().equals(volume.getName()));
    }
}
