/// The status of a pod and its containers, out of what it wants, what is there and what is
/// remembered. Pure.
@NullMarked
package dev.flotilla.node.status;

import org.jspecify.annotations.NullMarked;
