package dev.flotilla.remote.stream;

import dev.flotilla.cluster.PodStreams.Size;
import dev.flotilla.cluster.PodStreams.Sizes;
import dev.flotilla.cluster.PodStreams.Stdio;
import dev.flotilla.remote.engine.Hijack;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/// Carries what a client and a process say to each other, over a connection that the engine took
/// over.
final class Talk implements AutoCloseable {
    private static final int AT_ONCE = 32 * 1024;

    private final Consumer<Size> resize;
    private final boolean endsInput;
    private @Nullable Hijack connection;
    private boolean closed;

    /// @param resize tells the engine the terminal's size
    /// @param endsInput whether the process is told that the client has said all
    Talk(Consumer<Size> resize, boolean endsInput) {
        this.resize = resize;
        this.endsInput = endsInput;
    }

    /// Returns when the process has said all, or throws when the client has left.
    ///
    /// @param tty whether it has a terminal
    void run(Hijack opened, Stdio io, boolean tty) throws IOException {
        try (opened) {
            if (!takes(opened)) {
                throw new IOException("the client has left");
            }
            var in = io.in();
            if (in != null) {
                Thread.ofVirtual().name("input of a process").start(() -> feed(in, opened));
            }
            var sizes =
                    Thread.ofVirtual()
                            .name("size of a terminal")
                            .start(() -> follow(tty ? io.sizes() : () -> null));
            try {
                Outputs.copy(opened.in(), tty, io.out(), io.err());
            } finally {
                sizes.interrupt();
            }
            if (isClosed()) {
                throw new IOException("the client has left");
            }
        }
    }

    private synchronized boolean takes(Hijack opened) {
        connection = opened;
        return !closed;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private void feed(InputStream in, Hijack process) {
        try {
            var out = process.out();
            var buffer = new byte[AT_ONCE];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
            if (endsInput) {
                process.endOutput();
            }
        } catch (IOException _) {
            // One of them is gone, and who reads the other learns of it.
        }
    }

    private void follow(Sizes sizes) {
        try {
            for (var size = sizes.next(); size != null; size = sizes.next()) {
                resize.accept(size);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends it from any thread; see [Running#close].
    @Override
    public void close() {
        Hijack opened;
        synchronized (this) {
            closed = true;
            opened = connection;
        }
        if (opened != null) {
            opened.close();
        }
    }
}
