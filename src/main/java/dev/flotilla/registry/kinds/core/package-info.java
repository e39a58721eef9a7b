/// The kinds of the core group that are neither pods nor network.
@NullMarked
package dev.flotilla.registry.kinds.core;

import org.jspecify.annotations.NullMarked;
