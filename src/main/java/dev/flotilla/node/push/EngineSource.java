package dev.flotilla.node.push;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.image.ImageParts;
import dev.flotilla.node.image.ImageStore;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// An image that an engine has.
///
/// @param name of it, there and on the nodes
/// @param owned what is closed with it
record EngineSource(ImageStore engine, String name, ImageParts parts, @Nullable AutoCloseable owned)
        implements PushSource {
    /// @throws IllegalArgumentException if the engine doesn't have it
    static EngineSource of(ImageStore engine, String name, @Nullable AutoCloseable owned) {
        var parts = engine.parts(name);
        return new EngineSource(
                engine,
                name,
                parts.orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no image " + name + " to send")),
                owned);
    }

    @Override
    public void close() throws IOException {
        if (owned == null) {
            return;
        }
        try {
            owned.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new RefusedByEngine(String.valueOf(e.getMessage()));
        }
    }
}
