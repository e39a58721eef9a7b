/// Label and field selectors: text to predicates.
@NullMarked
package dev.flotilla.registry.select;

import org.jspecify.annotations.NullMarked;
