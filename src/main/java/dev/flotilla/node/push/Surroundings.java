package dev.flotilla.node.push;

import dev.flotilla.model.ImagePushSpec;
import dev.flotilla.node.ContainerRuntime;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/// Where images come from and go to.
public interface Surroundings {
    /// What reaches a node; empty if nothing does now.
    Optional<ContainerRuntime> node(String name);

    /// The images of that node are others now.
    void changed(String node);

    /// The engine of this computer. Whoever asked closes it.
    ///
    /// @param socket null for the usual one
    ContainerRuntime here(@Nullable String socket);

    /// The root filesystem of a machine as a tar. Whoever asked closes it.
    ///
    /// @throws IllegalArgumentException if it can't be reached, in words
    InputStream system(ImagePushSpec.Vm vm) throws IOException;

    /// A folder of this computer for what is in between; may not be there yet.
    Path scratch();
}
