package dev.flotilla.schedule.facts;

import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A PersistentVolumeClaim as the scheduler sees it.
///
/// @param volume the volume it names; empty for none yet
/// @param bound whether it and its volume are bound to each other
/// @param lost whether its volume is gone
/// @param onePod whether only one pod at a time may mount it
/// @param node the node that was chosen for a volume that is yet to be made; null for none
/// @param selector of volumes; null for any
public record ClaimView(
        ObjectKey key,
        @Nullable String uid,
        String volume,
        boolean bound,
        boolean lost,
        boolean leaving,
        boolean onePod,
        String className,
        @Nullable String node,
        long bytes,
        List<String> modes,
        String volumeMode,
        @Nullable Labels selector) {
    /// Kubernetes' note of the node that the scheduler chose.
    public static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String COMPLETED = "pv.kubernetes.io/bind-completed";

    public static ClaimView of(PersistentVolumeClaim claim) {
        var spec = claim.getSpec();
        var meta = claim.getMetadata();
        Map<String, String> notes =
                Objects.requireNonNullElse(meta.getAnnotations(), Map.<String, String>of());
        var phase = claim.getStatus() == null ? "" : claim.getStatus().getPhase();
        var volume = said(spec.getVolumeName());
        return new ClaimView(
                ObjectKey.of(claim),
                meta.getUid(),
                volume,
                !volume.isEmpty() && ("Bound".equals(phase) || notes.containsKey(COMPLETED)),
                "Lost".equals(phase),
                meta.getDeletionTimestamp() != null,
                spec.getAccessModes().contains("ReadWriteOncePod"),
                notes.getOrDefault(OLD_CLASS, said(spec.getStorageClassName())),
                notes.get(SELECTED_NODE),
                bytes(spec.getResources() == null ? null : spec.getResources().getRequests()),
                List.copyOf(spec.getAccessModes()),
                Objects.requireNonNullElse(spec.getVolumeMode(), "Filesystem"),
                Labels.of(spec.getSelector()));
    }

    static long bytes(@Nullable Map<String, Quantity> amounts) {
        var storage = amounts == null ? null : amounts.get("storage");
        return storage == null ? 0 : storage.getNumericalAmount().longValue();
    }

    static String said(@Nullable String word) {
        return word == null ? "" : word;
    }
}
