/// What a person should hear of an object that is good, and yet may not be what was meant: texts
/// for `Warning` headers, in Kubernetes' words.
///
/// Refuses: refusing.
@NullMarked
package dev.flotilla.registry.advice;

import org.jspecify.annotations.NullMarked;
