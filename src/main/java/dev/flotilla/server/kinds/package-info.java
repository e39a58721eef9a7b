/// Kinds and their verbs over HTTP: those that the registry keeps, and those made up for the
/// answer.
@NullMarked
package dev.flotilla.server.kinds;

import org.jspecify.annotations.NullMarked;
