/// Loops that keep small promises of the API: what each namespace has, and that storage stays while
/// it is used.
///
/// Refuses: whatever starts or moves a pod.
@NullMarked
package dev.flotilla.controllers.upkeep;

import org.jspecify.annotations.NullMarked;
