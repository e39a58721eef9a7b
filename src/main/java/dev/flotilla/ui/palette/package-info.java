/// The field in the top bar that finds things and runs commands.
///
/// Refuses: knowing what a command does; it is given them.
@NullMarked
package dev.flotilla.ui.palette;

import org.jspecify.annotations.NullMarked;
