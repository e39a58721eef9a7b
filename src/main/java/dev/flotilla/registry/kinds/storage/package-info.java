/// Volumes, the claims on them, and the classes they are made by.
@NullMarked
package dev.flotilla.registry.kinds.storage;

import org.jspecify.annotations.NullMarked;
