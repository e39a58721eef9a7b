/// Rebalancing: pods that could lie more evenly move, one at a time. Says where to; the loops of
/// ReplicaSets make the replacement and remove the pod once that is available.
@NullMarked
package dev.flotilla.controllers.rebalance;

import org.jspecify.annotations.NullMarked;
