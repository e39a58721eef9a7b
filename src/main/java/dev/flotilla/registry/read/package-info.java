/// get, list page by page on one snapshot, and watch.
///
/// Refuses: changing anything.
@NullMarked
package dev.flotilla.registry.read;

import org.jspecify.annotations.NullMarked;
