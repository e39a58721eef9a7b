package dev.flotilla.model;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// A question that is answered and not kept: where could one more replica, or this pod, run? Where
/// would the pods of this node go, if it were lost? Cluster-scoped; only `create`.
@Group("flotilla.dev")
@Version("v1alpha1")
@Plural("placementreviews")
public class PlacementReview extends CustomResource<PlacementReviewSpec, PlacementReviewStatus> {
    private static final long serialVersionUID = 1;
}
