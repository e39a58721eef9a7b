/// Who is served when more is asked than can be served at once.
@NullMarked
package dev.flotilla.server.flow;

import org.jspecify.annotations.NullMarked;
