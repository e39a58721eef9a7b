/// Brings one pod on: looks, asks the plan, does what it says, reports what came.
@NullMarked
package dev.flotilla.node.sync;

import org.jspecify.annotations.NullMarked;
