/// What each kind means, declared once a kind: names, schema, defaults, validation, status split,
/// admission, patch and columns.
///
/// Here stand the way in and its words: [Registry], what may be asked of it, what it answers, and
/// [ApiFailure]. What it does stands in `write`, `read` and `inprocess`, on what `engine` and
/// `keep` give them; what a kind says for itself in `kind` and `kinds`.
///
/// Refuses: HTTP.
@NullMarked
package dev.flotilla.registry;

import org.jspecify.annotations.NullMarked;
