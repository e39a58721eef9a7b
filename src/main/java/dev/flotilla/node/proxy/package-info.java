/// Services on the nodes: what each is to carry, kept up to date from what the cluster says.
@NullMarked
package dev.flotilla.node.proxy;

import org.jspecify.annotations.NullMarked;
