/// What goes because something else went: what lost its owners, what is in a namespace that goes,
/// pods of nodes that are no more, and events that are old. Makes nothing.
@NullMarked
package dev.flotilla.controllers.collect;

import org.jspecify.annotations.NullMarked;
