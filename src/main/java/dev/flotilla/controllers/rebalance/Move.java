package dev.flotilla.controllers.rebalance;

import io.fabric8.kubernetes.api.model.Pod;

/// One pod that would lie better elsewhere.
///
/// @param app for a person
/// @param why in words
record Move(String app, Pod pod, String from, String to, String why) {}
