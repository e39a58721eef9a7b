/// What every screen needs: the markup loader, texts, settings, words for numbers and ages.
///
/// Refuses: knowing what is shown.
@NullMarked
package dev.flotilla.ui.kit;

import org.jspecify.annotations.NullMarked;
