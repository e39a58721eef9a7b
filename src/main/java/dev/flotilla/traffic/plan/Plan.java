package dev.flotilla.traffic.plan;

import java.util.List;

/// What one node listens on and where it leads.
///
/// @param fronts of Services, in the order of their names
/// @param refused what people asked for and don't get
public record Plan(
        String node, List<Front> fronts, List<Health> healths, Gate gate, List<Refused> refused) {
    public Plan {
        fronts = List.copyOf(fronts);
        healths = List.copyOf(healths);
        refused = List.copyOf(refused);
    }

    /// Those of one protocol.
    public List<Front> fronts(Protocol protocol) {
        return fronts.stream().filter(f -> f.protocol() == protocol).toList();
    }

    /// Tells load balancers outside whether this node has an endpoint of a Service that they had
    /// better not reach through another node.
    ///
    /// @param of the backend whose servers count
    public record Health(At at, BackId of) {}

    /// What is not done, and why, in words for people.
    ///
    /// @param what `Service default/web` or `Ingress default/shop`
    public record Refused(String what, String why) {}
}
