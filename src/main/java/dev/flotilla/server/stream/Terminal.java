package dev.flotilla.server.stream;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The client's end of a process, by whatever protocol. What it does not want is null.
interface Terminal extends AutoCloseable {
    @Nullable InputStream in();

    @Nullable OutputStream out();

    @Nullable OutputStream err();

    /// Sizes of the client's terminal, one JSON object after the other.
    @Nullable InputStream sizes();

    /// Tells how it came out, and waits for the client to hear it. Nothing is heard from it any
    /// more.
    void end(Outcome outcome) throws IOException;

    /// Cuts the client off, unless it is gone.
    @Override
    void close();
}
