package dev.flotilla.traffic.dns;

/// A pod that has a name by its address.
public record PodName(String namespace, String address) {}
