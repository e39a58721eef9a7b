package dev.flotilla.server.watch;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where the events of a watch go.
interface Outlet extends AutoCloseable {
    /// How an event begins, which ends with `}` and a line's end.
    static String head(String type) {
        return "{\"type\":\"" + type + "\",\"object\":";
    }

    /// Takes one event; it may be kept until there are enough or [#flush] is called.
    ///
    /// @param object in JSON
    void add(String type, byte[] object) throws IOException;

    /// Sends what is pending, and then events that are written already.
    ///
    /// @param lines whole ones; may be shared: only its position is moved
    /// @param more whether others may come at once, for which these may wait
    void lines(ByteBuffer lines, boolean more) throws IOException;

    /// Sends what is pending; the first time the head of the answer too, so that the client knows
    /// that the watch stands.
    void flush() throws IOException;

    /// Whether the client has its answer's head, and hears of an error only as an event.
    boolean hasBegun();

    /// Sends what is pending, and that this was all.
    void end() throws IOException;

    /// Lets go of the client.
    @Override
    void close();
}
