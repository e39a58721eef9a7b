/// Kinds by which others would add kinds. None can be added here: the lists are there, and empty,
/// so that clients who look into them find an answer.
@NullMarked
package dev.flotilla.registry.kinds.extension;

import org.jspecify.annotations.NullMarked;
