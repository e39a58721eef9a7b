/// What a node must have so that Services, Ingresses and names work on it, from the cluster's
/// objects alone. Pure: texts and differences of texts; somebody else brings them to the node.
///
/// Refuses: input and output, the clock, and any text from a manifest that was not looked at.
@NullMarked
package dev.flotilla.traffic;

import org.jspecify.annotations.NullMarked;
