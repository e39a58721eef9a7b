package dev.flotilla.node.plan;

/// Whom an image's process runs as.
@FunctionalInterface
public interface ImageUser {
    /// A uid or a name, with a group behind a colon or without; empty is root.
    String of(String image);
}
