package dev.flotilla.server.socket;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Bytes both ways between the server and one client, whatever carries them.
public interface Line extends AutoCloseable {
    /// Waits for some bytes.
    ///
    /// @return empty at the end
    byte[] read() throws IOException;

    /// Writes all, and waits until it is on its way. By one thread at a time.
    void write(ByteBuffer bytes) throws IOException;

    /// Says that this was all; the client may still speak.
    void end() throws IOException;

    /// Cuts the client off, unless it is gone. From any thread.
    @Override
    void close();
}
