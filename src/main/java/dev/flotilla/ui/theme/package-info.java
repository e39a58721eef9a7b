/// How the window looks: colours, fonts, light and dark, and the hue of an app.
///
/// Refuses: knowing what is shown.
@NullMarked
package dev.flotilla.ui.theme;

import org.jspecify.annotations.NullMarked;
