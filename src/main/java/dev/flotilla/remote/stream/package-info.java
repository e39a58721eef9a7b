/// What flows to and from containers: logs, exec, attach and ports, all over the node's one
/// connection.
@NullMarked
package dev.flotilla.remote.stream;

import org.jspecify.annotations.NullMarked;
