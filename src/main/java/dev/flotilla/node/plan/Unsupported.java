package dev.flotilla.node.plan;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
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
        if (!spec.getInitContainers().isEmpty()) {
            asked.add("initContainers");
        }
        spec.getVolumes().stream()
                .filter(v -> !isServiceAccountToken(v))
                .filter(v -> isMounted(v, spec.getContainers()))
                .forEach(v -> asked.add("the volume \"" + v.getName() + "\""));
        if (Boolean.TRUE.equals(spec.getHostNetwork())) {
            asked.add("hostNetwork");
        }
        if (Boolean.TRUE.equals(spec.getHostPID())) {
            asked.add("hostPID");
        }
        if (Boolean.TRUE.equals(spec.getHostIPC())) {
            asked.add("hostIPC");
        }
        if (Boolean.TRUE.equals(spec.getShareProcessNamespace())) {
            asked.add("shareProcessNamespace");
        }
        if (spec.getRuntimeClassName() != null) {
            asked.add("runtimeClassName");
        }
        if (!isPlain(spec.getSecurityContext())) {
            asked.add("the pod's securityContext");
        }
        for (var container : spec.getContainers()) {
            if (!isPlain(container.getSecurityContext())) {
                asked.add("the securityContext of container \"" + container.getName() + "\"");
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
            if (container.getReadinessProbe() != null) {
                missed.add(
                        "the readinessProbe"
                                + where
                                + " is not run yet: it counts as ready while it runs");
            }
            if (container.getLivenessProbe() != null || container.getStartupProbe() != null) {
                missed.add("the liveness and startup probes" + where + " are not run yet");
            }
            if (container.getLifecycle() != null) {
                missed.add("the lifecycle hooks" + where + " are not run yet");
            }
            if (Boolean.TRUE.equals(container.getStdin())
                    || Boolean.TRUE.equals(container.getTty())) {
                missed.add("stdin and tty" + where + " are not connected yet");
            }
        }
        if (pod.getSpec().getActiveDeadlineSeconds() != null) {
            missed.add("activeDeadlineSeconds is not kept yet");
        }
        if (!pod.getSpec().getHostAliases().isEmpty()) {
            missed.add("hostAliases are not written yet");
        }
        if (pod.getSpec().getDnsConfig() != null) {
            missed.add("dnsConfig is not kept yet");
        }
        if (!pod.getSpec().getImagePullSecrets().isEmpty()) {
            missed.add("imagePullSecrets are not used yet");
        }
        return missed;
    }

    /// Asks for nothing but what an engine does anyway.
    private static boolean isPlain(@Nullable PodSecurityContext asked) {
        if (asked == null) {
            return true;
        }
        var rest = new PodSecurityContextBuilder(asked);
        if (isDefault(asked.getSeccompProfile())) {
            rest.withSeccompProfile(null);
        }
        if (Boolean.FALSE.equals(asked.getRunAsNonRoot())) {
            rest.withRunAsNonRoot(null);
        }
        return rest.build().equals(new PodSecurityContext());
    }

    private static boolean isPlain(@Nullable SecurityContext asked) {
        if (asked == null) {
            return true;
        }
        var rest = new SecurityContextBuilder(asked);
        if (isDefault(asked.getSeccompProfile())) {
            rest.withSeccompProfile(null);
        }
        if (Boolean.FALSE.equals(asked.getRunAsNonRoot())) {
            rest.withRunAsNonRoot(null);
        }
        if (Boolean.FALSE.equals(asked.getPrivileged())) {
            rest.withPrivileged(null);
        }
        if (Boolean.FALSE.equals(asked.getReadOnlyRootFilesystem())) {
            rest.withReadOnlyRootFilesystem(null);
        }
        if (Boolean.TRUE.equals(asked.getAllowPrivilegeEscalation())) {
            rest.withAllowPrivilegeEscalation(null);
        }
        return rest.build().equals(new SecurityContext());
    }

    private static boolean isDefault(@Nullable SeccompProfile profile) {
        return profile != null && "RuntimeDefault".equals(profile.getType());
    }

    /// The token that the API adds to every pod: nobody asked for it.
    private static boolean isServiceAccountToken(Volume volume) {
        return volume.getProjected() != null && volume.getName().startsWith("kube-api-access-");
    }

    private static boolean isMounted(Volume volume, List<Container> containers) {
        return containers.stream()
                .flatMap(c -> c.getVolumeMounts().stream())
                .anyMatch(m -> m.getName().equals(volume.getName()));
    }
}
