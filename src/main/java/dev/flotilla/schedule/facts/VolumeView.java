package dev.flotilla.schedule.facts;

import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PersistentVolume;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A PersistentVolume as the scheduler sees it.
///
/// @param near whether only some nodes reach it
/// @param terms the nodes that do
/// @param labels its own
/// @param claim the claim it is kept for; null for none
/// @param claimUid the uid of that claim; null for any of the name
/// @param available whether a claim may still take it
public record VolumeView(
        String name,
        boolean near,
        List<NodeSelectorTerm> terms,
        Map<String, String> labels,
        String className,
        @Nullable ObjectKey claim,
        @Nullable String claimUid,
        boolean available,
        boolean leaving,
        long bytes,
        List<String> modes,
        String volumeMode) {
    private static final Set<String> ZONES =
            Set.of(
                    "topology.kubernetes.io/zone",
                    "topology.kubernetes.io/region",
                    "failure-domain.beta.kubernetes.io/zone",
                    "failure-domain.beta.kubernetes.io/region");

    public static VolumeView of(PersistentVolume volume) {
        var spec = volume.getSpec();
        var affinity = spec.getNodeAffinity();
        var required = affinity == null ? null : affinity.getRequired();
        var claim = spec.getClaimRef();
        var phase = volume.getStatus() == null ? null : volume.getStatus().getPhase();
        boolean leaving = volume.getMetadata().getDeletionTimestamp() != null;
        return new VolumeView(
                volume.getMetadata().getName(),
                required != null,
                required == null ? List.of() : List.copyOf(required.getNodeSelectorTerms()),
                Objects.requireNonNullElse(volume.getMetadata().getLabels(), Map.of()),
                ClaimView.said(spec.getStorageClassName()),
                claim == null ? null : new ObjectKey(claim.getNamespace(), claim.getName()),
                claim == null || ClaimView.said(claim.getUid()).isEmpty() ? null : claim.getUid(),
                !leaving && (phase == null || phase.equals("Available") || phase.equals("Pending")),
                leaving,
                ClaimView.bytes(spec.getCapacity()),
                List.copyOf(spec.getAccessModes()),
                Objects.requireNonNullElse(spec.getVolumeMode(), "Filesystem"));
    }

    public boolean reachedFrom(String node, Map<String, String> labelsOfNode) {
        return !near || NodeChoice.matchesOne(terms, node, labelsOfNode);
    }

    /// Whether the node lies in the zone and region that the volume names, if it names any.
    public boolean inZoneOf(Map<String, String> labelsOfNode) {
        for (var zone : ZONES) {
            var own = labels.get(zone);
            if (own != null) {
                var theirs = labelsOfNode.get(zone);
                if (theirs == null || !Arrays.asList(own.split("__", -1)).contains(theirs)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Whether a claim that is bound to none yet could take it: one that is kept for it need not be
    /// of its class.
    public boolean suits(ClaimView wanted) {
        return !leaving
                && bytes >= wanted.bytes()
                && volumeMode.equals(wanted.volumeMode())
                && (claim == null ? chosenBy(wanted) : isOf(wanted));
    }

    private boolean isOf(ClaimView wanted) {
        return wanted.key().equals(claim) && (claimUid == null || claimUid.equals(wanted.uid()));
    }

    private boolean chosenBy(ClaimView wanted) {
        return available
                && className.equals(wanted.className())
                && modes.containsAll(wanted.modes())
                && (wanted.selector() == null || wanted.selector().match(labels));
    }
}
