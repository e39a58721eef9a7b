package dev.flotilla.controllers.endpoint;

import dev.flotilla.cluster.Change;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Node;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Remembers which nodes there are and in which zones, for that is all that slices tell of them.
final class NodeZones {
    static final String ZONE = "topology.kubernetes.io/zone";

    private final Map<String, String> zones = new ConcurrentHashMap<>();

    /// The Services that a change of a node may change.
    Set<ObjectKey> concerned(Change<Node> change, Selection selection) {
        var name = change.object().getMetadata().getName();
        var zone = zone(change.object());
        var was =
                switch (change) {
                    case Change.Put<Node> _ -> zones.put(name, zone);
                    case Change.Deleted<Node> _ -> zones.remove(name);
                };
        if (change instanceof Change.Put && zone.equals(was)) {
            return Set.of();
        }
        return selection.podsOn(name).stream()
                .flatMap(p -> selection.services(ObjectKey.of(p).namespace(), Owners.labels(p)))
                .collect(Collectors.toSet());
    }

    /// Empty when it is in none.
    static String zone(Node node) {
        return Owners.labels(node).getOrDefault(ZONE, "");
    }
}
