/// How pods are run on nodes.
@NullMarked
package dev.flotilla.registry.kinds.node;

import org.jspecify.annotations.NullMarked;
