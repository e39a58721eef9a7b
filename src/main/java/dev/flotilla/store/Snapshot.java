package dev.flotilla.store;

import java.util.List;

/// All live entries below a prefix at one moment.
///
/// @param revision the last commit it holds; a watch from here misses nothing
/// @param entries in key order
public record Snapshot(long revision, List<Entry> entries) {}
