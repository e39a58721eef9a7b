package dev.flotilla.ui.state;

import dev.flotilla.model.ObjectKey;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The cluster at one moment, as every screen shows it. Immutable; objects that did not change are
/// the same instances from one state to the next.
///
/// @param nodes in name order
/// @param pods in creation order, then by name
/// @param apps in order of namespace and name
/// @param events newest first, at most [#MOST_EVENTS]
public record FleetState(
        Instant at,
        List<String> namespaces,
        List<NodeState> nodes,
        List<PodState> pods,
        List<AppState> apps,
        List<MachineState> machines,
        List<EventState> events) {
    public static final int MOST_EVENTS = 1000;

    public static final FleetState EMPTY =
            new FleetState(
                    Instant.EPOCH,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());

    public FleetState {
        namespaces = List.copyOf(namespaces);
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
        apps = List.copyOf(apps);
        machines = List.copyOf(machines);
        events = List.copyOf(events);
    }

    /// Nothing to show and nothing on its way.
    public boolean empty() {
        return nodes.isEmpty() && machines.isEmpty();
    }

    public Optional<NodeState> node(String name) {
        return nodes.stream().filter(n -> n.name().equals(name)).findFirst();
    }

    public Optional<PodState> pod(ObjectKey key) {
        return pods.stream().filter(p -> p.key().equals(key)).findFirst();
    }

    public Optional<PodState> podByUid(String uid) {
        return pods.stream().filter(p -> p.uid().equals(uid)).findFirst();
    }

    public Optional<AppState> app(ObjectKey key) {
        return apps.stream().filter(a -> a.key().equals(key)).findFirst();
    }

    public List<PodState> podsOf(ObjectKey app) {
        return pods.stream().filter(p -> p.app().equals(app)).toList();
    }

    public List<PodState> podsOn(String node) {
        return pods.stream().filter(p -> Objects.equals(p.node(), node)).toList();
    }

    /// Only what lies in `namespace`, and all that lies in none.
    ///
    /// @param namespace empty for all
    public FleetState in(String namespace) {
        if (namespace.isEmpty()) {
            return this;
        }
        return new FleetState(
                at,
                namespaces,
                nodes,
                pods.stream().filter(p -> p.key().namespace().equals(namespace)).toList(),
                apps.stream().filter(a -> a.key().namespace().equals(namespace)).toList(),
                machines,
                events.stream()
                        .filter(
                                e ->
                                        e.about().namespace().isEmpty()
                                                || e.about().namespace().equals(namespace))
                        .toList());
    }
}
