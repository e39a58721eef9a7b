/// What flows between clients and the containers of a node: which container is meant, which of its
/// runs, and Kubernetes' words for what can't be had.
///
/// Refuses: carrying it; that is the engine's [dev.flotilla.node.stream.ContainerStreams].
@NullMarked
package dev.flotilla.node.stream;

import org.jspecify.annotations.NullMarked;
