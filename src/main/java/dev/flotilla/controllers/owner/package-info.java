/// Pods and those who make them: who owns what, what a pod's status means to its owner, and what
/// tells one template from another. Knows no kind of owner; acts only to take pods in and let them
/// go.
@NullMarked
package dev.flotilla.controllers.owner;

import org.jspecify.annotations.NullMarked;
