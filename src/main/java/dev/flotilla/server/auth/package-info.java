/// Who asks, and whether he may.
@NullMarked
package dev.flotilla.server.auth;

import org.jspecify.annotations.NullMarked;
