/// Brings claims on storage and volumes together, as Kubernetes does, and makes volumes in folders
/// of nodes.
///
/// Refuses: touching a node; what a volume holds is its node's business.
@NullMarked
package dev.flotilla.controllers.volume;

import org.jspecify.annotations.NullMarked;
