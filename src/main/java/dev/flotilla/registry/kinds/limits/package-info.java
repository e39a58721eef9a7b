/// How much may be used, by whom, and who goes first.
@NullMarked
package dev.flotilla.registry.kinds.limits;

import org.jspecify.annotations.NullMarked;
