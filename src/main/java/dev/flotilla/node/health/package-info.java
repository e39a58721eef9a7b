/// A node as the API shows it: its Node and Lease, and whether it answers.
@NullMarked
package dev.flotilla.node.health;

import org.jspecify.annotations.NullMarked;
