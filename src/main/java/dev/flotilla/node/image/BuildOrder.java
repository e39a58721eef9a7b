package dev.flotilla.node.image;

import java.util.Map;
import java.util.TreeMap;

/// What a build is to make.
///
/// @param name of the image, with its tag
/// @param dockerfile within the folder
/// @param args values of the Dockerfile's `ARG`s
public record BuildOrder(String name, String dockerfile, Map<String, String> args) {
    public BuildOrder {
        args = Map.copyOf(new TreeMap<>(args));
    }
}
