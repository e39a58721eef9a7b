package dev.flotilla.ui.fleet.drag;

import dev.flotilla.model.ObjectKey;

/// A pod that is not there yet: where a drag would land, or what was asked for a moment ago.
public record Ghost(ObjectKey app, String node) {}
