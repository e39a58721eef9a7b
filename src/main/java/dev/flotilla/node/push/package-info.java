/// Images on their way to nodes without a registry: from this computer, from a node, or built. Says
/// how far each has come in the status of its ImagePush.
@NullMarked
package dev.flotilla.node.push;

import org.jspecify.annotations.NullMarked;
