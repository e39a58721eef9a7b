package dev.flotilla.traffic.service;

import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Plan.Refused;
import dev.flotilla.traffic.plan.Protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who listens where on a node. Who came first keeps it; others are told.
public final class Taken {
    private final Map<Place, String> owners = new HashMap<>();
    private final List<Refused> refused = new ArrayList<>();

    private record Place(Protocol protocol, At at) {}

    /// Those of the places that are now `who`'s.
    public List<At> take(Protocol protocol, List<At> places, String who) {
        var mine = new ArrayList<At>();
        for (var at : places) {
            var owner = owners.putIfAbsent(new Place(protocol, at), who);
            if (owner == null) {
                mine.add(at);
            } else if (!owner.equals(who)) {
                refuse(who, at + " belongs to " + owner);
            }
        }
        return mine;
    }

    public void refuse(String who, String why) {
        refused.add(new Refused(who, why));
    }

    public List<Refused> refused() {
        return List.copyOf(refused);
    }
}
