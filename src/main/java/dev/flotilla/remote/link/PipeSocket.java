package dev.flotilla.remote.link;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;

/// A [Socket] for the HTTP client that is no TCP socket: options of TCP are taken and ignored.
abstract class PipeSocket extends Socket {
    private volatile int readTimeout;
    private volatile boolean closed;

    @SuppressWarnings("NullAway") // no implementation is the documented way to have none
    PipeSocket() throws SocketException {
        super((SocketImpl) null);
    }

    final void markClosed() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void setSoTimeout(int millis) {
        readTimeout = millis;
    }

    @Override
    public int getSoTimeout() {
        return readTimeout;
    }

    @Override
    public final void connect(SocketAddress ignored) throws IOException {
        connect(ignored, 0);
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return null;
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return null;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void setReuseAddress(boolean on) {}

    @Override
    public void setSoLinger(boolean on, int seconds) {}

    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public void setSendBufferSize(int size) {}
}
