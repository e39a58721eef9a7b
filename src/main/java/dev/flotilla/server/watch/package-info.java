/// Streams of changes, as long as a client listens.
@NullMarked
package dev.flotilla.server.watch;

import org.jspecify.annotations.NullMarked;
