package dev.flotilla.server.call;

import dev.flotilla.registry.tree.Duplicates;

import tools.jackson.databind.JsonNode;

/// A body as it was read.
///
/// @param <T> what it has to be
/// @param duplicates what it gave twice
public record Sent<T extends JsonNode>(T body, Duplicates duplicates) {}
