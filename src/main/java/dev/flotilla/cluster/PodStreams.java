package dev.flotilla.cluster;

import dev.flotilla.model.ObjectKey;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Instant;
import java.util.List;

/// What flows between a client and a container on a node. The node side implements it.
///
/// Every call may block for as long as the node takes, and may be made from many threads.
public interface PodStreams {
    /// For a master that reaches no node.
    PodStreams NONE = new NoStreams();

    /// Writes what a container wrote. Returns at the end of that, or if it follows, when the
    /// container ends; `out` throws when the client goes.
    ///
    /// @throws Unreachable before anything was written
    /// @throws Refused before anything was written, in Kubernetes' words
    void log(Place at, LogOptions options, OutputStream out)
            throws IOException, InterruptedException, Unreachable, Refused;

    /// Makes ready to run a command in a container; nothing runs before it is connected.
    ///
    /// @throws Refused if there is no such container, or it does not run
    Running exec(Place at, List<String> command) throws Unreachable, Refused;

    /// Makes ready to hear and be heard by a container's own process.
    ///
    /// @throws Refused if there is no such container, or it does not run
    Running attach(Place at) throws Unreachable, Refused;

    /// The ports of a pod, as its own containers reach them on `localhost`.
    ///
    /// @throws Refused if nothing of the pod is on the node
    Ports ports(String node, ObjectKey pod) throws Unreachable, Refused;

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
    /// @param output which of its outputs
    record LogOptions(
            boolean follow,
            boolean previous,
            @Nullable Instant since,
            boolean timestamps,
            @Nullable Long tailLines,
            @Nullable Long limitBytes,
            Output output) {}

    /// Of a process. With a terminal all that it says is its `STDOUT`.
    enum Output {
        ALL,
        STDOUT,
        STDERR
    }

    /// A process that a client may talk with.
    interface Running extends AutoCloseable {
        /// Carries what client and process say to each other until the process ends, on the calling
        /// thread and some of its own. Called once.
        ///
        /// @return its exit code; 0 if it was there before
        /// @throws Refused if the engine does not do it, with its words
        int connect(Stdio io) throws IOException, InterruptedException, Refused;

        /// Lets go of it, from any thread: what is connected ends soon. A process begun for the
        /// client finds its input closed, or its terminal hung up.
        @Override
        void close();
    }

    /// The client's end of a process. What is null is not wanted.
    ///
    /// @param in ends when the client has said all, and throws when it has left
    /// @param out throws when the client has left, as `err` does
    /// @param err null with a terminal
    /// @param tty whether the process is given a terminal
    record Stdio(
            @Nullable InputStream in,
            @Nullable OutputStream out,
            @Nullable OutputStream err,
            boolean tty,
            Sizes sizes) {}

    /// How large the client's terminal is, as often as that changes.
    interface Sizes {
        /// Waits for the next size.
        ///
        /// @return null when there are no more
        @Nullable Size next() throws InterruptedException;
    }

    /// Of a terminal, in characters.
    record Size(int width, int height) {}

    /// Where a pod listens.
    interface Ports {
        /// A connection to a port of the pod. Only its streams, their ends and its close are used.
        ///
        /// @throws IOException if nobody listens or the node can't be reached
        Socket dial(int port) throws IOException;
    }

    /// The node can't be asked; the message says why.
    final class Unreachable extends Exception {
        private static final long serialVersionUID = 1;

        public Unreachable(String message) {
            super(message);
        }
    }

    /// The node was asked, and its answer is no, in Kubernetes' words.
    final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        public Refused(String message) {
            super(message);
        }
    }
}
