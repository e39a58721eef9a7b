package dev.flotilla.schedule;

import dev.flotilla.schedule.facts.PodView;

/// A pod that stands on a node.
///
/// @param leaving whether it is about to go
public record StandingPod(PodView pod, String node, boolean leaving) {}
