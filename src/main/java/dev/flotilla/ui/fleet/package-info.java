/// The Fleet screen: which pods run on which node, how loaded, what is moving; and the drags.
///
/// Refuses: talking to the cluster; it states intents to the actions.
@NullMarked
package dev.flotilla.ui.fleet;

import org.jspecify.annotations.NullMarked;
