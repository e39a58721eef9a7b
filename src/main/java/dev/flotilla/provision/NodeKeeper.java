package dev.flotilla.provision;

import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.Kubelets;

import java.util.Map;

/// Who makes a Node of a machine and tends it: the kubelets.
public interface NodeKeeper {
    /// Registers the Node or brings it up to date, and tends its pods from now on. The runtime
    /// stays the caller's.
    void attach(String node, ContainerRuntime runtime, String mark, Map<String, String> labels);

    /// Leaves the node alone.
    void detach(String node);

    static NodeKeeper of(Kubelets kubelets) {
        return new NodeKeeper() {
            @Override
            public void attach(
                    String node,
                    ContainerRuntime runtime,
                    String mark,
                    Map<String, String> labels) {
                kubelets.attach(node, runtime, mark, labels);
            }

            @Override
            public void detach(String node) {
                kubelets.detach(node);
            }
        };
    }
}
