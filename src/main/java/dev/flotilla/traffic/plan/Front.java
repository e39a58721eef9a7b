package dev.flotilla.traffic.plan;

import java.util.List;

/// Where a node listens for one port of a Service.
///
/// @param at each once in all fronts of a protocol
/// @param sources who may come; empty for all
/// @param keepsClient whether only endpoints of this node are used, so that who calls can be seen
public record Front(
        Protocol protocol, List<At> at, List<String> sources, boolean keepsClient, Back back) {
    public Front {
        at = List.copyOf(at);
        sources = List.copyOf(sources);
    }
}
