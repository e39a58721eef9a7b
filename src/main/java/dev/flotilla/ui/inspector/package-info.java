/// The inspector on the right: whatever is selected, live.
@NullMarked
package dev.flotilla.ui.inspector;

import org.jspecify.annotations.NullMarked;
