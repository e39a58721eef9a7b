package dev.flotilla.node;

/// The network of one node's pods.
///
/// @param cidr the node's pod CIDR, `10.42.3.0/24`; its first address is the gateway
/// @param clusterCidr the CIDR of all nodes' pods
public record PodNetwork(String cidr, String clusterCidr) {}
