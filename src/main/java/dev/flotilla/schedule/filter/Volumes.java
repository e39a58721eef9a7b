package dev.flotilla.schedule.filter;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.facts.ClaimView;
import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.facts.Storage;
import dev.flotilla.schedule.facts.VolumeView;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Where a pod's volumes let it run, as things are when this is made.
///
/// A claim that is bound wants a node that reaches its volume. One that waits for its first pod
/// wants a node that some free volume, or one yet to be made, can serve.
public final class Volumes {
    private static final String BINDING = "VolumeBinding";

    private final @Nullable Refusal everywhere;
    private final List<VolumeView> bound = new ArrayList<>();
    private final List<ClaimView> open = new ArrayList<>();
    private final Storage storage;
    private final boolean shared;

    /// The name of a bound claim's volume that is not there.
    private @Nullable String absent;

    /// @param mounted whether another pod mounts the claim
    public Volumes(Shape pod, Storage storage, Predicate<ObjectKey> mounted) {
        this.storage = storage;
        Refusal first = null;
        boolean clash = false;
        for (var use : pod.claims()) {
            var key = new ObjectKey(pod.namespace(), use.name());
            var claim = storage.claim(key);
            var refusal = claim == null ? missing(use.name(), use.ephemeral()) : unusable(claim);
            if (refusal != null) {
                first = first == null ? refusal : first;
            } else if (claim != null) {
                sort(claim);
                clash |= claim.onePod() && mounted.test(key);
            }
        }
        open.sort(Comparator.comparingLong(ClaimView::bytes));
        this.everywhere = first;
        this.shared = clash;
    }

    /// Why no node at all will do; null when some may.
    public @Nullable Refusal everywhere() {
        return everywhere;
    }

    public boolean admits(NodeView node) {
        return everywhere == null
                && ((bound.isEmpty() && open.isEmpty() && absent == null && !shared)
                        || refusals(node).isEmpty());
    }

    /// Why not this node; empty if it will do.
    public List<Refusal> refusals(NodeView node) {
        if (everywhere != null) {
            return List.of(everywhere);
        }
        if (shared) {
            return List.of(
                    new Refusal(
                            "VolumeRestrictions",
                            "node has pod using PersistentVolumeClaim with the same name and"
                                    + " ReadWriteOncePod access mode",
                            "another pod mounts a volume that only one may mount",
                            false));
        }
        var all = new ArrayList<Refusal>();
        var labels = node.known().labels();
        if (absent != null) {
            all.add(
                    binding(
                            "node(s) unavailable due to one or more pvc(s) bound to non-existent"
                                    + " pv(s)",
                            "volume " + absent + " is gone"));
        }
        for (var volume : bound) {
            if (!volume.reachedFrom(node.name(), labels)) {
                all.add(
                        binding(
                                "node(s) had volume node affinity conflict",
                                "can't reach volume " + volume.name()));
                break;
            }
        }
        if (all.isEmpty() && !servesOpen(node, labels)) {
            all.add(
                    binding(
                            "node(s) didn't find available persistent volumes to bind",
                            "no free volume for claim " + open.getFirst().key().name()));
        }
        return all.isEmpty() ? zones(labels) : all;
    }

    /// The volumes that people made which claims that wait would get there, by claim; others are to
    /// be made.
    public Map<ObjectKey, String> chosen(NodeView node) {
        var chosen = new HashMap<ObjectKey, String>();
        for (var claim : open) {
            var volume = free(claim, node, node.known().labels(), chosen.values());
            if (volume != null) {
                chosen.put(claim.key(), volume.name());
            }
        }
        return chosen;
    }

    private List<Refusal> zones(Map<String, String> labels) {
        for (var volume : bound) {
            if (!volume.inZoneOf(labels)) {
                return List.of(
                        new Refusal(
                                "VolumeZone",
                                "node(s) had no available volume zone",
                                "is not in the zone of volume " + volume.name(),
                                true));
            }
        }
        return List.of();
    }

    private boolean servesOpen(NodeView node, Map<String, String> labels) {
        var used = new HashSet<String>();
        for (var claim : open) {
            if (claim.node() != null) {
                if (!claim.node().equals(node.name())) {
                    return false;
                }
                continue;
            }
            var type = storage.type(claim.className());
            var volume = free(claim, node, labels, used);
            if (volume != null) {
                used.add(volume.name());
            } else if (keptElsewhere(claim) || type == null || !type.reaches(labels)) {
                return false;
            }
        }
        return true;
    }

    /// The one that is kept for the claim, or the smallest that will do and is not yet used.
    private @Nullable VolumeView free(
            ClaimView claim, NodeView node, Map<String, String> labels, Collection<String> used) {
        VolumeView best = null;
        for (var volume : storage.volumes()) {
            if (!used.contains(volume.name()) && volume.suits(claim)) {
                boolean reached = volume.reachedFrom(node.name(), labels);
                if (volume.claim() != null) {
                    return reached ? volume : null;
                }
                if (reached && (best == null || volume.bytes() < best.bytes())) {
                    best = volume;
                }
            }
        }
        return best;
    }

    private boolean keptElsewhere(ClaimView claim) {
        return storage.volumes().stream().anyMatch(v -> v.claim() != null && v.suits(claim));
    }

    private void sort(ClaimView claim) {
        if (!claim.bound()) {
            open.add(claim);
            return;
        }
        var volume = storage.volume(claim.volume());
        if (volume == null) {
            absent = claim.volume();
        } else {
            bound.add(volume);
        }
    }

    private @Nullable Refusal unusable(ClaimView claim) {
        var name = claim.key().name();
        if (claim.lost()) {
            return binding(
                    "persistentvolumeclaim \"%s\" bound to non-existent persistentvolume \"%s\""
                            .formatted(name, claim.volume()),
                    "claim %s lost its volume".formatted(name));
        }
        if (claim.leaving()) {
            return binding(
                    "persistentvolumeclaim \"%s\" is being deleted".formatted(name),
                    "claim %s is being deleted".formatted(name));
        }
        var type = storage.type(claim.className());
        boolean waits = claim.volume().isEmpty() && type != null && type.waits();
        return claim.bound() || waits
                ? null
                : binding(
                        "pod has unbound immediate PersistentVolumeClaims",
                        "claim %s is not bound".formatted(name));
    }

    private static Refusal missing(String name, boolean ephemeral) {
        return binding(
                ephemeral
                        ? "waiting for ephemeral volume controller to create the"
                                + " persistentvolumeclaim \"%s\"".formatted(name)
                        : "persistentvolumeclaim \"%s\" not found".formatted(name),
                "there is no claim " + name);
    }

    private static Refusal binding(String reason, String sentence) {
        return new Refusal(BINDING, reason, sentence, true);
    }
}
