/// What to do for a pod next, decided from what it wants and what is there, and what its containers
/// are made with. Pure, but for the configuration that [dev.flotilla.node.plan.Lookup] finds.
///
/// Refuses: doing any of it.
@NullMarked
package dev.flotilla.node.plan;

import org.jspecify.annotations.NullMarked;
