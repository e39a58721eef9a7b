/// Charts of what is measured, painted on canvases.
///
/// Refuses: keeping points; what is shown lies in rings of fixed size elsewhere.
@NullMarked
package dev.flotilla.ui.charts;

import org.jspecify.annotations.NullMarked;
