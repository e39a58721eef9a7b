/// ReplicaSets: as many pods as are asked for, which of them goes first, and pods that move to
/// another node with their replacement Ready first. Makes and removes pods; knows nothing of
/// rollouts.
@NullMarked
package dev.flotilla.controllers.replica;

import org.jspecify.annotations.NullMarked;
