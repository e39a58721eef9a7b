/// How much a node that would do is liked, a file a rule; each from 0 worst to 100 best.
///
/// Refuses: refusing.
@NullMarked
package dev.flotilla.schedule.score;

import org.jspecify.annotations.NullMarked;
