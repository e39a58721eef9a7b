package dev.flotilla.schedule;

/// Why one node can't take a pod.
///
/// @param reason Kubernetes' words where it has some; equal reasons of many nodes are counted
/// @param sentence for a person who looks at that node, such as `needs 2 CPU, 1.2 free`
public record Refusal(String reason, String sentence) {}
