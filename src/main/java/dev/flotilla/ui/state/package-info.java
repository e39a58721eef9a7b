/// What the window knows of the cluster, and the one way to change it.
///
/// Refuses: controls; all of it is tested without a toolkit.
@NullMarked
package dev.flotilla.ui.state;

import org.jspecify.annotations.NullMarked;
