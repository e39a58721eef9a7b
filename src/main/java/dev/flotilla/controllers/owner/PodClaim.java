package dev.flotilla.controllers.owner;

import dev.flotilla.cluster.Cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Which pods an owner takes in and which it lets go, by its selector, as every owner of pods does.
///
/// @param mine those it controls and that match
/// @param adopt those that match and that nobody controls
/// @param release those it controls and that no longer match
public record PodClaim(List<Pod> mine, List<Pod> adopt, List<Pod> release) {
    public PodClaim {
        mine = List.copyOf(mine);
        adopt = List.copyOf(adopt);
        release = List.copyOf(release);
    }

    /// @param owned those it controls
    /// @param strays those of its namespace that nobody controls
    /// @param fitting which strays it would take at all
    public static PodClaim of(
            HasMetadata owner,
            @Nullable LabelSelector selector,
            List<Pod> owned,
            List<Pod> strays,
            Predicate<Pod> fitting) {
        var mine = new ArrayList<Pod>();
        var release = new ArrayList<Pod>();
        for (var pod : owned) {
            if (Owners.selects(selector, pod)) {
                mine.add(pod);
            } else if (!Owners.leaving(pod)) {
                release.add(pod);
            }
        }
        var adopt = new ArrayList<Pod>();
        if (!Owners.leaving(owner)) {
            strays.stream()
                    .filter(p -> PodState.active(p) && fitting.test(p))
                    .filter(p -> Owners.selects(selector, p))
                    .forEach(adopt::add);
        }
        return new PodClaim(mine, adopt, release);
    }

    /// Whether pods change hands: then it is looked at again, with the pods as they are then.
    public boolean changes() {
        return !adopt.isEmpty() || !release.isEmpty();
    }

    /// Has the pods change hands. What can't be is tried again at the next look.
    public void act(Cluster cluster, HasMetadata owner) {
        act(cluster, owner, UnaryOperator.identity());
    }

    /// @param marked what the owner's own pods have more
    public void act(Cluster cluster, HasMetadata owner, UnaryOperator<Pod> marked) {
        for (var pod : adopt) {
            var _ = cluster.update(pod, marked.apply(adopted(pod, owner)));
        }
        for (var pod : release) {
            var _ = cluster.update(pod, released(pod, owner));
        }
    }

    /// The pod with the owner as its controller.
    public static Pod adopted(Pod pod, HasMetadata owner) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToOwnerReferences(Owners.controlledBy(owner))
                .endMetadata()
                .build();
    }

    /// The pod without the owner.
    public static Pod released(Pod pod, HasMetadata owner) {
        var uid = owner.getMetadata().getUid();
        return new PodBuilder(pod)
                .editMetadata()
                .removeMatchingFromOwnerReferences(o -> uid.equals(o.getUid()))
                .endMetadata()
                .build();
    }
}
