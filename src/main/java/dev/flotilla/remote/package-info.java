/// The adapter to a real Docker Engine, over SSH or on this computer. The only user of sshj and
/// docker-java. Below it, each using only those before it: `link` (the machine), `engine` (its
/// Docker), `disk`, `container`, `check`, `image`, `sample`, `stream`.
///
/// Refuses: deciding anything about pods.
@NullMarked
package dev.flotilla.remote;

import org.jspecify.annotations.NullMarked;
