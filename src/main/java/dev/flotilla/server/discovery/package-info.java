/// What clients are told of the kinds: lists of them, and their schemas.
@NullMarked
package dev.flotilla.server.discovery;

import org.jspecify.annotations.NullMarked;
