/// The templates that a set of pods had, each kept as a ControllerRevision, so that the set can go
/// back and people can see what was.
@NullMarked
package dev.flotilla.controllers.revision;

import org.jspecify.annotations.NullMarked;
