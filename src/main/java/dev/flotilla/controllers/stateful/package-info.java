/// Pods that keep their names and their storage: StatefulSets.
@NullMarked
package dev.flotilla.controllers.stateful;

import org.jspecify.annotations.NullMarked;
