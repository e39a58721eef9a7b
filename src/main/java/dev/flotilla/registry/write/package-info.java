/// create, update, patch, apply, delete, bind and evict, a class each, and what a cluster has from
/// its first moment. Each is tried again while others write, unless its writer named a revision.
@NullMarked
package dev.flotilla.registry.write;

import org.jspecify.annotations.NullMarked;
