package dev.flotilla.node.image;

import java.util.List;

/// An image on a node.
///
/// @param id `sha256:…` of its configuration
/// @param names tags, such as `busybox:latest`
/// @param digests as registries know it, `busybox@sha256:…`
/// @param sizeBytes unpacked
public record StoredImage(String id, List<String> names, List<String> digests, long sizeBytes) {
    public StoredImage {
        names = List.copyOf(names);
        digests = List.copyOf(digests);
    }
}
