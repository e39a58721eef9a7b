/// Our own kinds and values, and helpers over the typed Kubernetes model. Knows no other package.
///
/// Refuses: I/O, clocks, and anything that only one loop needs.
@NullMarked
package dev.flotilla.model;

import org.jspecify.annotations.NullMarked;
