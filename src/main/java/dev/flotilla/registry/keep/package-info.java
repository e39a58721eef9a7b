/// Where objects lie in the store, and how they get there: a write together with the claims it
/// takes and what it is charged, all or none.
///
/// Refuses: knowing what an object means, beyond what its kind claims and is charged.
@NullMarked
package dev.flotilla.registry.keep;

import org.jspecify.annotations.NullMarked;
