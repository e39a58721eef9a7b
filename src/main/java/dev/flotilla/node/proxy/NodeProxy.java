package dev.flotilla.node.proxy;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;

/// What carries Services on one node.
@FunctionalInterface
public interface NodeProxy {
    /// Has the node carry that, by as little as leads there. Finds out first what is there, so it
    /// may be called again after whatever happened. Called by one thread at a time.
    ///
    /// @throws RuntimeUnavailable if the node does not answer; something may have been done
    /// @throws RefusedByEngine if the node will not; it carries what it did
    void bring(Traffic wanted);
}
