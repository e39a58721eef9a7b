package dev.flotilla.store;

/// An entry on its way into the log.
///
/// @param previous the revision of the same key that it supersedes; 0 when there is none
/// @param total the weight of all entries ever written, with this one
record Staged(Entry entry, long previous, long total) {}
