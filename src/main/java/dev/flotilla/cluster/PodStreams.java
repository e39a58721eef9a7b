package dev.flotilla.cluster;

import dev.flotilla.model.ObjectKey;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/// What flows between a client and a container on a node. The node side implements it.
public interface PodStreams {
    /// For a master that reaches no node.
    PodStreams NONE =
            (at, _, _) -> {
                throw new Unreachable("nothing here reaches the node " + at.node());
            };

    /// Writes what a container wrote. Returns at the end of that, or if it follows, when the
    /// container ends; `out` throws when the client goes.
    ///
    /// @throws Unreachable before anything was written
    void log(Place at, LogOptions options, OutputStream out)
            throws IOException, InterruptedException, Unreachable;

    /// One container of a pod on its node.
    record Place(String node, ObjectKey pod, String container) {}

    /// What of a log is wanted.
    ///
    /// @param follow goes on while the container writes
    /// @param previous of the container's run before this one
    /// @param since nothing older, null for all
    /// @param timestamps puts the time before each line
    /// @param tailLines at most so many of the last lines, null for all
    /// @param limitBytes at most so many bytes, null for all
    record LogOptions(
            boolean follow,
            boolean previous,
            @Nullable Instant since,
            boolean timestamps,
            @Nullable Long tailLines,
            @Nullable Long limitBytes) {}

    /// The node can't be asked; the message says why.
    final class Unreachable extends Exception {
        private static final long serialVersionUID = 1;

        public Unreachable(String message) {
            super(message);
        }
    }
}
