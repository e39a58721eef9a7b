/// A pod on each node: DaemonSets.
@NullMarked
package dev.flotilla.controllers.daemon;

import org.jspecify.annotations.NullMarked;
