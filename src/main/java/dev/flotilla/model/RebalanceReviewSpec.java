package dev.flotilla.model;

/// Nothing needs to be said: the question is about the whole cluster.
public record RebalanceReviewSpec() {}
