/// Leases.
@NullMarked
package dev.flotilla.registry.kinds.coordination;

import org.jspecify.annotations.NullMarked;
