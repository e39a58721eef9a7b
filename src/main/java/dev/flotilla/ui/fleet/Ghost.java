package dev.flotilla.ui.fleet;

import dev.flotilla.model.ObjectKey;

/// A pod that is not there yet: where a drag would land, or what was asked for a moment ago.
record Ghost(ObjectKey app, String node) {}
