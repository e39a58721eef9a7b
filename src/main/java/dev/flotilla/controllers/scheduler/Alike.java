package dev.flotilla.controllers.scheduler;

import dev.flotilla.schedule.facts.Shape;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// Pods that found no node for the same reasons, so that what helps one helps all.
///
/// @param plugins the filters that refused
/// @param placeOn the one node it may be on; null for any
/// @param nominated the node on which others make room for it; null for none
record Alike(
        Shape shape, Set<String> plugins, @Nullable String placeOn, @Nullable String nominated) {}
