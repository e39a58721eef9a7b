package dev.flotilla.node.plan;

import dev.flotilla.node.PodLabels;

import java.time.Duration;

/// One thing to do for a pod on its engine. Each may be done twice with no harm.
public sealed interface Action {
    /// Whose turn it is: a container's name in the pod, [PodLabels#SANDBOX] for the sandbox,
    /// [PodLabels#VOLUMES] for the volumes.
    String container();

    /// Put the pod's volumes on the node, or what changed of them.
    ///
    /// @param digest of what is put there
    record Prepare(String digest) implements Action {
        @Override
        public String container() {
            return PodLabels.VOLUMES;
        }
    }

    /// See that the image is there, as the pull policy wants it. Holds up nothing else.
    record Fetch(String container) implements Action {}

    /// Make the sandbox and start it.
    record MakeSandbox() implements Action {
        @Override
        public String container() {
            return PodLabels.SANDBOX;
        }
    }

    /// Make the container and start it.
    ///
    /// @param joins the id of the sandbox, empty if the pod has none
    record Make(String container, String joins) implements Action {}

    /// Make a container that looks at the others and start it.
    ///
    /// @param joins the id of the container that has the pod's network
    /// @param target the id of the one whose processes it sees, empty for none
    record Visit(String container, String joins, String target) implements Action {}

    /// Start a container that ended, or was made and not started.
    record Start(String container, String id, boolean ranBefore) implements Action {}

    /// Do what it asks to be done after its start.
    record Greet(String container, String id) implements Action {}

    /// Stop it and start it again, because its network is gone.
    record Restart(String container, String id, Duration grace) implements Action {}

    /// Stop it because its probes gave it up.
    ///
    /// @param again whether it is started after that
    record Condemn(String container, String id, Duration grace, String why, boolean again)
            implements Action {}

    /// Stop it and leave it there to be looked at.
    record Stop(String container, String id, Duration grace) implements Action {}

    /// Stop it and remove it.
    record Remove(String container, String id, Duration grace) implements Action {}

    /// The pod has no container left: delete its object.
    record Finish() implements Action {
        @Override
        public String container() {
            return "";
        }
    }
}
