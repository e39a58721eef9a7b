package dev.flotilla.cluster;

import java.util.List;

/// All objects of one kind at one moment.
///
/// @param revision the moment; a watch since this revision misses nothing and repeats nothing
public record Listing<T>(long revision, List<T> items) {}
