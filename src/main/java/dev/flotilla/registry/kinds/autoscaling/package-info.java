/// What changes the number of pods by what is measured.
@NullMarked
package dev.flotilla.registry.kinds.autoscaling;

import org.jspecify.annotations.NullMarked;
