/// The Docker Engine's streams: connections that it takes over for exec and attach, and the frames
/// in which it sends two outputs as one.
///
/// Refuses: knowing how a connection to the engine is made.
@NullMarked
package dev.flotilla.remote.stream;

import org.jspecify.annotations.NullMarked;
