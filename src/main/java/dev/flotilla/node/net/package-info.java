/// The addresses of a node's pods, and each node's part of the cluster's addresses.
@NullMarked
package dev.flotilla.node.net;

import org.jspecify.annotations.NullMarked;
