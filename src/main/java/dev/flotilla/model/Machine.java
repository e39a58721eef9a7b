package dev.flotilla.model;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// An SSH host, or this computer, with its credentials and the state of its provisioning. It
/// becomes a Node of the same name. Cluster-scoped.
@Group("flotilla.dev")
@Version("v1alpha1")
@Plural("machines")
public class Machine extends CustomResource<MachineSpec, MachineStatus> {
    private static final long serialVersionUID = 1;
}
