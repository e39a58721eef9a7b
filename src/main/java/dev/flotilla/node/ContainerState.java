package dev.flotilla.node;

import java.time.Instant;
import java.util.Map;

/// A container as the engine shows it.
///
/// @param imageId the engine's own name of the image, `sha256:…`
/// @param restarts how often the engine itself restarted it
/// @param phase what it does now
public record ContainerState(
        String id,
        String name,
        String image,
        String imageId,
        Map<String, String> labels,
        String address,
        int restarts,
        Phase phase) {

    /// What a container does now.
    public sealed interface Phase {
        /// Made, never started.
        record Created() implements Phase {}

        record Running(Instant since) implements Phase {}

        /// Ended, and the engine starts it again after a pause of its own.
        record Restarting(int exitCode, Instant finished) implements Phase {}

        record Exited(int exitCode, boolean outOfMemory, Instant started, Instant finished)
                implements Phase {}
    }
}
