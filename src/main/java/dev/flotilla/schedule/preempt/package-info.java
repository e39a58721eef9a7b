/// Who goes so that a pod of a higher priority finds room. Pure.
///
/// Refuses: deleting; the scheduler's loop does.
@NullMarked
package dev.flotilla.schedule.preempt;

import org.jspecify.annotations.NullMarked;
