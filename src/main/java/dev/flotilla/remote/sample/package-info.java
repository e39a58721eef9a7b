/// Figures of a node and its containers, read by a script that is kept open there.
@NullMarked
package dev.flotilla.remote.sample;

import org.jspecify.annotations.NullMarked;
