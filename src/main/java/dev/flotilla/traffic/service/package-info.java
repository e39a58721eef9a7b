/// From Services and their slices to what a node listens on.
@NullMarked
package dev.flotilla.traffic.service;

import org.jspecify.annotations.NullMarked;
