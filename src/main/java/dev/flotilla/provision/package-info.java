/// A Machine becomes a Node: connect, pin the host key, find Docker, network, register. Steps can
/// be taken up again where they stopped.
///
/// Refuses: shell text made from input; argument vectors are quoted in `remote`.
@NullMarked
package dev.flotilla.provision;

import org.jspecify.annotations.NullMarked;
