/// A revisioned, append-only log of bodies over H2, with an index in memory and watches as cursors.
///
/// The only user of `java.sql`. Refuses: knowing what a body means.
@NullMarked
package dev.flotilla.store;

import org.jspecify.annotations.NullMarked;
