package dev.flotilla.server;

import java.time.Duration;

/// How long the server waits for its clients, and how many it serves at once.
///
/// @param bookmarkEvery how often a watch with nothing to tell says how far it has seen
/// @param body until a request's body must have come whole
/// @param reader how long a client may take nothing of its answer, or of the events it watches
/// @param seats how many requests are served at the same time
/// @param waiters how many of one client may wait for a seat
/// @param turn how long one may wait for a seat
record Limits(
        Duration bookmarkEvery,
        Duration body,
        Duration reader,
        int seats,
        int waiters,
        Duration turn) {
    /// A minute for a body as Kubernetes has it; more seats than the disk's batches can use.
    static final Limits STANDARD =
            new Limits(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(30),
                    256,
                    1024,
                    Duration.ofSeconds(30));
}
