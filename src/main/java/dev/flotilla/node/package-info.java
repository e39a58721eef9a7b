/// The kubelet without an agent: pod lifecycle over the port [dev.flotilla.node.ContainerRuntime],
/// heartbeats and probes.
///
/// Refuses: knowing which runtime it drives.
@NullMarked
package dev.flotilla.node;

import org.jspecify.annotations.NullMarked;
