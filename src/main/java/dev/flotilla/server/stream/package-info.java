/// What flows between clients and containers: exec, attach and port-forward, by whichever of
/// Kubernetes' protocols the client speaks.
///
/// Refuses: knowing how a node is reached; that is behind [PodStreams].
@NullMarked
package dev.flotilla.server.stream;

import org.jspecify.annotations.NullMarked;
