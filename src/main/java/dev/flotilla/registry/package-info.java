/// What each kind means, declared once a kind: names, schema, defaults, validation, status split,
/// admission, patch and columns.
///
/// Refuses: HTTP.
@NullMarked
package dev.flotilla.registry;

import org.jspecify.annotations.NullMarked;
