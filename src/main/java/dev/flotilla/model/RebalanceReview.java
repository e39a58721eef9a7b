package dev.flotilla.model;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// A question that is answered and not kept: which pods would be moved so that all lie evenly?
/// Cluster-scoped; only `create`.
@Group("flotilla.dev")
@Version("v1alpha1")
@Plural("rebalancereviews")
public class RebalanceReview extends CustomResource<RebalanceReviewSpec, RebalanceReviewStatus> {
    private static final long serialVersionUID = 1;
}
