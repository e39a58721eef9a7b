/// A node that runs short of memory, disk or processes: how that is told, and which pods have to
/// go. Decisions are pure; [dev.flotilla.node.pressure.Relief] acts on them.
@NullMarked
package dev.flotilla.node.pressure;

import org.jspecify.annotations.NullMarked;
