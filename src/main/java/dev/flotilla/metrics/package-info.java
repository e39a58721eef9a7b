/// Samples of nodes and pods, kept in rings, served as `metrics.k8s.io`.
///
/// Refuses: taking samples itself; `node` hands them in.
@NullMarked
package dev.flotilla.metrics;

import org.jspecify.annotations.NullMarked;
