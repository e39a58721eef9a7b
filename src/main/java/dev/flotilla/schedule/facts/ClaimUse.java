package dev.flotilla.schedule.facts;

import io.fabric8.kubernetes.api.model.PodSpec;

import java.util.List;

/// A claim that a pod mounts.
///
/// @param name of the PersistentVolumeClaim, in the pod's namespace
/// @param ephemeral whether the claim is made for this pod alone, by its volume's template
public record ClaimUse(String name, boolean ephemeral) {
    static List<ClaimUse> of(PodSpec spec, String pod) {
        return spec.getVolumes() == null || spec.getVolumes().isEmpty()
                ? List.of()
                : spec.getVolumes().stream()
                        .filter(
                                v ->
                                        v.getPersistentVolumeClaim() != null
                                                || v.getEphemeral() != null)
                        .map(
                                v ->
                                        v.getEphemeral() != null
                                                ? new ClaimUse(pod + "-" + v.getName(), true)
                                                : new ClaimUse(
                                                        v.getPersistentVolumeClaim().getClaimName(),
                                                        false))
                        .distinct()
                        .toList();
    }
}
