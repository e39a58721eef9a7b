package dev.flotilla.remote.link;

import org.jspecify.annotations.Nullable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.function.Supplier;

/// A socket whose other end is one on the far side of an SSH connection.
final class ChannelSocket extends PipeSocket {
    private final Supplier<FarChannel> way;
    private volatile @Nullable FarChannel channel;

    /// @param way makes the channel, not open yet
    ChannelSocket(Supplier<FarChannel> way) throws SocketException {
        this.way = way;
    }

    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        var opened = way.get();
        opened.open();
        channel = opened;
    }

    @Override
    public boolean isConnected() {
        return channel != null;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        var opened = opened();
        return new FilterInputStream(opened.getInputStream()) {
            @Override
            public int read() throws IOException {
                await();
                return super.read();
            }

            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                await();
                return super.read(b, off, len);
            }

            private void await() throws IOException {
                int millis = getSoTimeout();
                try {
                    if (millis > 0 && !opened.awaitInput(millis)) {
                        throw new SocketTimeoutException("no answer within " + millis + " ms");
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while waiting for an answer");
                }
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return opened().getOutputStream();
    }

    @Override
    public void shutdownOutput() throws IOException {
        opened().getOutputStream().close();
    }

    @Override
    public void close() throws IOException {
        markClosed();
        var opened = channel;
        if (opened != null) {
            opened.close();
        }
    }

    private FarChannel opened() throws SocketException {
        var opened = channel;
        if (opened == null) {
            throw new SocketException("not connected");
        }
        return opened;
    }
}
