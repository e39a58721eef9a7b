package dev.flotilla.model;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/// What is asked about. Exactly one of `pod`, `deployment` and `node` is set.
///
/// @param namespace of the pod or Deployment
/// @param pod name of a pod that may be moved
/// @param deployment name of a Deployment that may grow
/// @param node name of a node that may be lost: where would its pods go?
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlacementReviewSpec(
        @Nullable String namespace,
        @Nullable String pod,
        @Nullable String deployment,
        @Nullable String node) {}
