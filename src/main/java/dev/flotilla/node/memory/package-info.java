/// What the engine showed, and what is remembered of pods that neither it nor the API tells:
/// restarts over many containers, endings, troubles and their back-off, what is being done now.
///
/// Refuses: deciding anything.
@NullMarked
package dev.flotilla.node.memory;

import org.jspecify.annotations.NullMarked;
