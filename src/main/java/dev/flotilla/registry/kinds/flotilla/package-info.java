/// Our own kinds.
@NullMarked
package dev.flotilla.registry.kinds.flotilla;

import org.jspecify.annotations.NullMarked;
