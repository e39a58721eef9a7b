package dev.flotilla.remote.link;

import java.io.InputStream;
import java.io.OutputStream;

/// A process that runs for long, here or there.
public interface Peer extends AutoCloseable {
    InputStream output();

    OutputStream input();

    @Override
    void close();
}
