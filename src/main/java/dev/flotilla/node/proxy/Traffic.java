package dev.flotilla.node.proxy;

import dev.flotilla.traffic.dns.PodName;
import dev.flotilla.traffic.plan.Picture;
import dev.flotilla.traffic.plan.Plan;
import dev.flotilla.traffic.routes.NodePaths;

import java.util.List;

/// What one node is to carry.
///
/// @param plan what it listens on, and where that leads
/// @param paths where it sends packets
/// @param nameServer where names are asked for
/// @param picture what has names
/// @param pods have names too
public record Traffic(
        Plan plan, NodePaths paths, String nameServer, Picture picture, List<PodName> pods) {
    public Traffic {
        pods = List.copyOf(pods);
    }
}
