package dev.flotilla.registry;

import tools.jackson.databind.node.ObjectNode;

/// What came of applying or of an update.
///
/// @param created there was none before
public record Applied(ObjectNode object, boolean created) {}
