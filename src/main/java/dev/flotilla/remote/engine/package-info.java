/// Requests to one Docker Engine: its HTTP over any socket, how long each may take, what its errors
/// mean.
///
/// Refuses: knowing what is asked.
@NullMarked
package dev.flotilla.remote.engine;

import org.jspecify.annotations.NullMarked;
