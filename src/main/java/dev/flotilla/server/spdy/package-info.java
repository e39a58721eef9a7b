/// SPDY/3.1 as Kubernetes' own clients speak it: streams that the client opens, over one [Line].
///
/// Refuses: knowing what streams are for; flow control, which no such client speaks either: a
/// stream that nobody reads holds up the others of its connection.
@NullMarked
package dev.flotilla.server.spdy;

import org.jspecify.annotations.NullMarked;
