package dev.flotilla.server.stream;

import dev.flotilla.cluster.PodStreams.Place;
import dev.flotilla.cluster.PodStreams.Ports;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// Carries what a client and a port of a pod say to each other.
final class Splice {
    private static final Logger LOG = LoggerFactory.getLogger(Splice.class);
    private static final int AT_ONCE = 32 * 1024;

    private Splice() {}

    /// Connects, and returns when the pod has said all, or the client is gone. The client's end may
    /// come before: the pod is told, and may go on.
    ///
    /// @param in closed at the end
    /// @return what went wrong, in Kubernetes' words; empty text if nothing did
    static String run(Ports ports, Place at, int port, InputStream in, OutputStream out) {
        Socket socket;
        try {
            socket = ports.dial(port);
        } catch (IOException e) {
            return "error forwarding port %d to pod %s, uid : %s"
                    .formatted(port, at.pod().name(), e.getMessage());
        }
        try (socket;
                in) {
            Thread.ofVirtual().name("to port " + port).start(() -> toPod(in, socket));
            copy(socket.getInputStream(), out);
        } catch (IOException e) {
            LOG.debug("A connection to port {} of {} broke", port, at.pod(), e);
        }
        return "";
    }

    private static void toPod(InputStream in, Socket socket) {
        try {
            copy(in, socket.getOutputStream());
            socket.shutdownOutput();
        } catch (IOException e) {
            close(socket);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A connection to a pod did not close", e);
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        var buffer = new byte[AT_ONCE];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            to.write(buffer, 0, n);
            to.flush();
        }
    }
}
