package dev.flotilla.remote.stream;

import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.NodeHost;
import dev.flotilla.remote.link.Peer;
import dev.flotilla.remote.link.Scripts;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/// Reaches ports on the `localhost` of containers: a process on the node, begun with the first,
/// that listens on a Unix socket and enters a container's network for each connection. An SSH
/// connection has room for few processes, and for as many sockets as are wanted; so there is one
/// process.
final class PortRelay implements AutoCloseable {
    private static final String START = Scripts.text(PortRelay.class, "port-relay.sh");
    private static final String RELAY = Scripts.text(PortRelay.class, "port-relay.pl");
    private static final String READY = "ready ";
    private static final String OK = "ok";
    private static final int MOST_WORDS = 200;
    private static final int MOST_AT_ONCE = 16;

    private final String where;
    private final NodeHost host;

    /// A socket lets only so many wait until they are taken.
    private final Semaphore atOnce = new Semaphore(MOST_AT_ONCE, true);

    private @Nullable Peer process;
    private String path = "";

    PortRelay(String where, NodeHost host) {
        this.where = where;
        this.host = host;
    }

    /// No relay can run there.
    static final class NotThere extends IOException {
        private static final long serialVersionUID = 1;

        NotThere(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// @param pid of a process in the container, as the node counts
    /// @throws NotThere if no relay can run on the node
    /// @throws IOException if nobody listens
    Socket dial(long pid, int port) throws IOException {
        try {
            atOnce.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        try {
            return entered(reached(), pid, port);
        } finally {
            atOnce.release();
        }
    }

    private static Socket entered(Socket socket, long pid, int port) throws IOException {
        try {
            var asked = "%d %d\n".formatted(pid, port);
            socket.getOutputStream().write(asked.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            var answer = line(socket.getInputStream());
            if (!answer.equals(OK)) {
                throw new IOException(
                        "failed to connect to localhost:%d inside the pod's network: %s"
                                .formatted(port, answer.isEmpty() ? "no answer" : answer));
            }
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// A connection to the relay, which is begun again if it has ended.
    private Socket reached() throws NotThere {
        var there = started("");
        try {
            return host.reach(there);
        } catch (IOException | RuntimeUnavailable _) {
            try {
                return host.reach(started(there));
            } catch (IOException | RuntimeUnavailable e) {
                throw notThere(e.getMessage(), e);
            }
        }
    }

    /// @param broken where it was and is no more; empty if that is not known
    private synchronized String started(String broken) throws NotThere {
        if (!path.isEmpty() && !path.equals(broken)) {
            return path;
        }
        close();
        try {
            var begun = host.startAsRoot(Argv.of("sh", "-c", START, "port-relay", RELAY));
            process = begun;
            var said =
                    new BufferedReader(
                                    new InputStreamReader(begun.output(), StandardCharsets.UTF_8))
                            .readLine();
            if (said == null || !said.startsWith(READY)) {
                throw notThere(said == null ? "it ended at once" : said, null);
            }
            path = said.substring(READY.length());
            return path;
        } catch (NotThere e) {
            close();
            throw e;
        } catch (IOException | RuntimeUnavailable e) {
            close();
            throw notThere(e.getMessage(), e);
        }
    }

    private NotThere notThere(@Nullable String why, @Nullable Throwable cause) {
        return new NotThere(
                "No relay into the networks of pods can run beside %s: %s".formatted(where, why),
                cause);
    }

    /// Byte by byte: what follows is the pod's.
    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (line.length() < MOST_WORDS) {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    @Override
    public synchronized void close() {
        var begun = process;
        process = null;
        path = "";
        if (begun != null) {
            begun.close();
        }
    }
}
