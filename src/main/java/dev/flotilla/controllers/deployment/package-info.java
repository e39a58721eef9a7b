/// Deployments: one ReplicaSet a template, and the arithmetic of going from one to the next. Sizes
/// ReplicaSets; touches no pod.
@NullMarked
package dev.flotilla.controllers.deployment;

import org.jspecify.annotations.NullMarked;
