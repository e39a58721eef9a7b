/// Gives pods their nodes, and answers where pods could go: follows the cluster, asks the pure
/// `schedule`, and writes what comes of it.
@NullMarked
package dev.flotilla.controllers.scheduler;

import org.jspecify.annotations.NullMarked;
