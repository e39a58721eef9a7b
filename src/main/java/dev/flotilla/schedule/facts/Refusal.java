package dev.flotilla.schedule.facts;

/// Why one node can't take a pod.
///
/// @param plugin the filter that refuses, by the name of Kubernetes' plugin
/// @param reason Kubernetes' words where it has some; equal reasons of many nodes are counted
/// @param sentence for a person who looks at that node, such as `needs 2 CPU, 1.2 free`
/// @param hopeless whether it would stay so if all other pods of the node went
public record Refusal(String plugin, String reason, String sentence, boolean hopeless) {}
