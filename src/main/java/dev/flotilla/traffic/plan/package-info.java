/// What listens on a node and where it leads, as values.
@NullMarked
package dev.flotilla.traffic.plan;

import org.jspecify.annotations.NullMarked;
