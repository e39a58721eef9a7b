/// What a kind has to say for itself, and the words that all kinds say it with.
@NullMarked
package dev.flotilla.registry.kind;

import org.jspecify.annotations.NullMarked;
