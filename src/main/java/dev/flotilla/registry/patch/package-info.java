/// The three ways to write a patch. Pure: trees in, trees out.
@NullMarked
package dev.flotilla.registry.patch;

import org.jspecify.annotations.NullMarked;
