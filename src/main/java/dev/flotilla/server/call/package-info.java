/// One request and its answer: path, options, bodies, shapes, and what is refused at once.
///
/// Refuses: which kinds there are, and what becomes of a request.
@NullMarked
package dev.flotilla.server.call;

import org.jspecify.annotations.NullMarked;
