/// Work that takes long and that an object of the API asks for: begun, called off, forgotten. It
/// refuses to know what the work is.
@NullMarked
package dev.flotilla.node.errand;

import org.jspecify.annotations.NullMarked;
