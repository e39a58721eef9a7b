/// The kinds that keep pods running.
@NullMarked
package dev.flotilla.registry.kinds.apps;

import org.jspecify.annotations.NullMarked;
