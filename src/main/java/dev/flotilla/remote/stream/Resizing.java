package dev.flotilla.remote.stream;

import dev.flotilla.cluster.PodStreams.Size;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.remote.engine.Engine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Tells the engine how large a terminal is.
final class Resizing {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int TRIES = 20;

    private Resizing() {}

    /// A process may be told to be there before it is, so a refusal is not the last word.
    ///
    /// @param of the path of the container or of what is run in it
    static void once(Engine engine, String of, Size size) {
        var path = "%s/resize?h=%d&w=%d".formatted(of, size.height(), size.width());
        for (int i = 0; i < TRIES && !Thread.currentThread().isInterrupted(); i++) {
            try (var _ = engine.raw("resize a terminal", "POST", path)) {
                return;
            } catch (RefusedByEngine e) {
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (RuntimeUnavailable e) {
                return;
            }
        }
    }
}
