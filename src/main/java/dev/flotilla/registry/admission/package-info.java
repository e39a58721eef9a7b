/// What is asked of a write beside the rules of its own kind: small steps, one after another, that
/// look at other objects too. They fill in what was left out, give out what only one may have, and
/// refuse. None of them writes: what must come true together with the write is told, and the
/// registry does both at once.
@NullMarked
package dev.flotilla.registry.admission;

import org.jspecify.annotations.NullMarked;
