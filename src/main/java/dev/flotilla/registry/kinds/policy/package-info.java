/// What must not be disturbed.
@NullMarked
package dev.flotilla.registry.kinds.policy;

import org.jspecify.annotations.NullMarked;
