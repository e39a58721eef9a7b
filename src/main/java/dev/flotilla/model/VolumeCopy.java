package dev.flotilla.model;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// What a claim's volume holds is saved to a file, or restored from one. Deleting it calls it off;
/// an hour after its end it is deleted by itself. Cluster-scoped.
@Group("flotilla.dev")
@Version("v1alpha1")
@Plural("volumecopies")
public class VolumeCopy extends CustomResource<VolumeCopySpec, VolumeCopyStatus> {
    private static final long serialVersionUID = 1;
}
