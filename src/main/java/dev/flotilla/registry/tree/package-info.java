/// JSON trees: reading them without surprises, writing them to bytes and back.
@NullMarked
package dev.flotilla.registry.tree;

import org.jspecify.annotations.NullMarked;
