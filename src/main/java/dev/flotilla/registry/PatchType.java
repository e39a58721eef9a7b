package dev.flotilla.registry;

/// How a patch is written.
public enum PatchType {
    /// RFC 6902.
    JSON,
    /// RFC 7386.
    MERGE,
    /// Kubernetes' own: lists are merged by key.
    STRATEGIC
}
