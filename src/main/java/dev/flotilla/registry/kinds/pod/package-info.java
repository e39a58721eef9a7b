/// Pods, and the templates that pods are made from.
@NullMarked
package dev.flotilla.registry.kinds.pod;

import org.jspecify.annotations.NullMarked;
