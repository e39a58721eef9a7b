/// What happened, told once and read in two groups of the API.
@NullMarked
package dev.flotilla.registry.kinds.event;

import org.jspecify.annotations.NullMarked;
