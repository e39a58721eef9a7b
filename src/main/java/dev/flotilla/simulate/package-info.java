/// A container runtime in memory: latencies, believable load and faults, from a seed.
///
/// Refuses: the system's clock and randomness; both are given.
@NullMarked
package dev.flotilla.simulate;

import org.jspecify.annotations.NullMarked;
