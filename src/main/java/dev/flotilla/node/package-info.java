/// The kubelet without an agent: pod lifecycle over the port [dev.flotilla.node.ContainerRuntime],
/// heartbeats and probes.
///
/// Here stand the port with its words, and the kubelets, which own the loops. A pod goes from
/// `memory` (what is known) through `plan` (what to do) to `sync` (doing it) and `status` (telling
/// it); `health` is the node itself, `net` its addresses.
///
/// Refuses: knowing which runtime it drives.
@NullMarked
package dev.flotilla.node;

import org.jspecify.annotations.NullMarked;
