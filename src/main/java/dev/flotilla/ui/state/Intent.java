package dev.flotilla.ui.state;

import dev.flotilla.model.MachineSpec;
import dev.flotilla.model.ObjectKey;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What a person wants changed: a value, so that it can be shown as pending, written as a kubectl
/// command, recorded and undone.
public sealed interface Intent {
    /// Move a pod: its replacement starts on `node` and is Ready before this one stops.
    record Move(ObjectKey pod, String uid, String node) implements Intent {}

    /// The inverse of [Move]: call it off, or, if the replacement is there, move that one back.
    record MoveBack(ObjectKey pod, String uid, ObjectKey app, String node) implements Intent {}

    /// One replica more.
    ///
    /// @param node where, or null for where the scheduler likes
    record AddReplica(ObjectKey app, @Nullable String node) implements Intent {}

    /// Scale to a number of replicas, at least 0.
    record Scale(ObjectKey app, int replicas) implements Intent {}

    /// Remove this very pod and scale its app down by one.
    ///
    /// @param app null for a pod that nothing owns: it is deleted
    /// @param node where it ran, for the inverse
    record RemovePod(ObjectKey pod, @Nullable ObjectKey app, @Nullable String node)
            implements Intent {}

    /// Delete the pod; what owns it makes a new one.
    record RestartPod(ObjectKey pod) implements Intent {}

    /// Cordon a node, or take pods again.
    record Cordon(String node, boolean cordoned) implements Intent {}

    /// Create what the manifests hold, or change it to that (server-side dry run is a read, see
    /// [Actions]).
    record Apply(String yaml) implements Intent {}

    /// Delete a Deployment and its pods.
    record DeleteApp(ObjectKey app) implements Intent {}

    /// Add a machine.
    ///
    /// @param secret `password`, or `privateKey` and `passphrase`; kept as the Secret that the spec
    ///   names; empty for none
    record AddMachine(String name, MachineSpec spec, Map<String, String> secret) implements Intent {
        @Override
        public String toString() {
            return "AddMachine[" + name + "]";
        }
    }

    /// Agree to the host key that a machine shows.
    record TrustHostKey(String machine, String hostKey) implements Intent {}

    /// Remove a machine and its node.
    record RemoveMachine(String name) implements Intent {}
}
