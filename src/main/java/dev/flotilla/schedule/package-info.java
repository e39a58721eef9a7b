/// Where a pod goes, and why not elsewhere: filters and scores, pure over a snapshot.
///
/// Refuses: I/O and clocks; the loop that binds lives in `controllers`.
@NullMarked
package dev.flotilla.schedule;

import org.jspecify.annotations.NullMarked;
