package dev.flotilla.remote;

import java.io.InputStream;
import java.io.OutputStream;

/// A process that runs for long, here or there.
interface Peer extends AutoCloseable {
    InputStream output();

    OutputStream input();

    @Override
    void close();
}
