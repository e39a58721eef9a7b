/// Questions to containers: over the network, asked from their node, and within them.
@NullMarked
package dev.flotilla.remote.check;

import org.jspecify.annotations.NullMarked;
