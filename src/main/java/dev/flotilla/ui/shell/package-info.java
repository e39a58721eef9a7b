/// The frame around the screens: top bar, rail, slots, toasts.
///
/// Refuses: deciding what a screen shows.
@NullMarked
package dev.flotilla.ui.shell;

import org.jspecify.annotations.NullMarked;
