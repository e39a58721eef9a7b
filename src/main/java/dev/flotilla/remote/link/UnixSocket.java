package dev.flotilla.remote.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A socket whose other end is a Unix socket of this computer.
public final class UnixSocket extends PipeSocket {
    private final Path path;
    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;

    public UnixSocket(Path path) throws IOException {
        this.path = path;
        this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        this.readable = Selector.open();
        this.writable = Selector.open();
    }

    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        channel.connect(UnixDomainSocketAddress.of(path));
        channel.configureBlocking(false);
        channel.register(readable, SelectionKey.OP_READ);
        channel.register(writable, SelectionKey.OP_WRITE);
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                var into = ByteBuffer.wrap(b, off, len);
                int n = channel.read(into);
                while (n == 0 && len > 0) {
                    await(readable, getSoTimeout());
                    n = channel.read(into);
                }
                return n;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] b, int off, int len) throws IOException {
                var from = ByteBuffer.wrap(b, off, len);
                while (from.hasRemaining()) {
                    if (channel.write(from) == 0) {
                        await(writable, getSoTimeout());
                    }
                }
            }
        };
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        markClosed();
        channel.close();
        readable.close();
        writable.close();
    }

    private static void await(Selector selector, int millis) throws IOException {
        selector.selectedKeys().clear();
        if (selector.select(millis) == 0 && millis > 0) {
            throw new SocketTimeoutException("no answer within " + millis + " ms");
        }
    }
}
