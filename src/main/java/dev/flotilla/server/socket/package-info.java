/// WebSockets: how a request becomes one, and what is said on it.
@NullMarked
package dev.flotilla.server.socket;

import org.jspecify.annotations.NullMarked;
