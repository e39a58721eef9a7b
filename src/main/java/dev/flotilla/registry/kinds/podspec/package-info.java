/// What the spec of a pod must not say, whoever makes pods from it: a file a part of the spec.
@NullMarked
package dev.flotilla.registry.kinds.podspec;

import org.jspecify.annotations.NullMarked;
