/// The adapters to a real Docker Engine, over SSH or on this computer. The only user of sshj and
/// docker-java.
///
/// Refuses: deciding anything about pods.
@NullMarked
package dev.flotilla.remote;

import org.jspecify.annotations.NullMarked;
