/// What carries services on a node: the balancer and the names, both in containers of one image,
/// and the node's own routes and rules. It carries out what it is given, and decides nothing.
@NullMarked
package dev.flotilla.remote.proxy;

import org.jspecify.annotations.NullMarked;
