/// Probes: when to ask a container how it is, what to make of the answers.
@NullMarked
package dev.flotilla.node.probe;

import org.jspecify.annotations.NullMarked;
