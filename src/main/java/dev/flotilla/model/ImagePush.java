package dev.flotilla.model;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// An image is brought to nodes without a registry: from this computer's Docker, from a file, from
/// a node that has it, or built. Deleting it calls it off; an hour after its end it is deleted by
/// itself. Cluster-scoped.
@Group("flotilla.dev")
@Version("v1alpha1")
@Plural("imagepushes")
public class ImagePush extends CustomResource<ImagePushSpec, ImagePushStatus> {
    private static final long serialVersionUID = 1;
}
