package dev.flotilla.remote.check;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/// Opens TCP connections from a node, as its own processes would.
@FunctionalInterface
public interface Dialer {
    /// @throws IOException if nobody answers there within `patience`
    Socket dial(String address, int port, Duration patience) throws IOException;
}
