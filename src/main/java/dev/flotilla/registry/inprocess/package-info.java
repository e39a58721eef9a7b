/// The port of the loops in this process, straight onto what reads and writes: typed objects,
/// nothing in between.
@NullMarked
package dev.flotilla.registry.inprocess;

import org.jspecify.annotations.NullMarked;
