package dev.flotilla.ui.fleet;

import dev.flotilla.model.ObjectKey;

/// An app above the map: its name, how many pods it has, and whether replicas can be added.
record Chip(ObjectKey app, int pods, boolean scalable) {}
