package dev.flotilla.node.image;

import java.util.List;

/// What an engine tells of an image that it has.
///
/// @param id `sha256:…`
/// @param architecture such as `amd64`; empty if it isn't said
/// @param layers diff ids, the lowest first
public record ImageParts(String id, String architecture, List<String> layers) {
    public ImageParts {
        layers = List.copyOf(layers);
    }

    /// Whether a machine can run it, as far as both are known.
    public boolean fits(String machine) {
        return architecture.isEmpty() || machine.isEmpty() || architecture.equals(machine);
    }
}
