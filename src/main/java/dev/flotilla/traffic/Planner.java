package dev.flotilla.traffic;

import dev.flotilla.model.NodeAddresses;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.traffic.ingress.Certificates;
import dev.flotilla.traffic.ingress.IngressGate;
import dev.flotilla.traffic.plan.Picture;
import dev.flotilla.traffic.plan.Plan;
import dev.flotilla.traffic.service.Reach;
import dev.flotilla.traffic.service.ServiceFronts;
import dev.flotilla.traffic.service.Taken;

import io.fabric8.kubernetes.api.model.HasMetadata;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// From the cluster to what one node listens on. Remembers which certificates it looked at, and
/// nothing else: the same picture is the same plan.
public final class Planner {
    /// Who was there first, first.
    private static final Comparator<HasMetadata> BY_AGE =
            Comparator.comparing(
                            (HasMetadata o) ->
                                    Objects.requireNonNullElse(
                                            o.getMetadata().getCreationTimestamp(), ""))
                    .thenComparing(ObjectKey::of);

    private final Certificates certificates = new Certificates();

    /// @param node whose; one that the picture does not know has no addresses of its own
    public Plan plan(Picture picture, String node) {
        var own =
                picture.nodes().stream()
                        .filter(n -> n.getMetadata().getName().equals(node))
                        .findFirst()
                        .map(n -> ServiceFronts.addresses(NodeAddresses.of(n)))
                        .orElse(List.of());
        var reach = Reach.of(picture, node);
        var taken = new Taken();
        var fronts = new ServiceFronts(own, reach, taken);
        picture.services().stream().sorted(BY_AGE).forEach(fronts::add);
        var gate =
                new IngressGate(picture, own, reach, taken, certificates)
                        .of(picture.ingresses().stream().sorted(BY_AGE).toList());
        return new Plan(
                node,
                fronts.fronts().stream()
                        .sorted(Comparator.comparing(f -> f.back().id().toString()))
                        .toList(),
                fronts.healths(),
                gate,
                taken.refused());
    }
}
