/// Pods' containers and their network in Docker's words, and Docker's words about them.
@NullMarked
package dev.flotilla.remote.container;

import org.jspecify.annotations.NullMarked;
