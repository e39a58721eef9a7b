package dev.flotilla.app;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;

/// What all commands share that bring an image to nodes.
final class PushOptions {
    @Option(
            names = "--nodes",
            paramLabel = "NODE",
            split = ",",
            description = "Which nodes are to have it (default: all that are ready).")
    List<String> nodes = List.of();

    @Mixin ApiOptions api = new ApiOptions();
}
