/// A drag over the fleet, without its looks: what is carried, where it could go and how well, and
/// what a drop would ask for.
@NullMarked
package dev.flotilla.ui.fleet.drag;

import org.jspecify.annotations.NullMarked;
