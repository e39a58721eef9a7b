package dev.flotilla.model;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/// What is asked about. Exactly one of `pod` and `deployment` is set.
///
/// @param pod name of a pod that may be moved
/// @param deployment name of a Deployment that may grow
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlacementReviewSpec(
        String namespace, @Nullable String pod, @Nullable String deployment) {}
