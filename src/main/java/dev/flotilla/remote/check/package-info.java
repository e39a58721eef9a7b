/// Questions to containers over the network, asked from their node.
@NullMarked
package dev.flotilla.remote.check;

import org.jspecify.annotations.NullMarked;
