/// The way to a machine: over one SSH connection that is kept up, or on this computer. Runs
/// commands and opens sockets there. The only user of sshj.
///
/// Refuses: knowing what Docker is.
@NullMarked
package dev.flotilla.remote.link;

import org.jspecify.annotations.NullMarked;
