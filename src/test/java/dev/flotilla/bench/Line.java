package dev.flotilla.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// One HTTP/2 connection with no more of RFC 9113 and RFC 7541 than a load needs: header blocks
/// made once, no dynamic table, answers passed over but for their status. It costs a few
/// microseconds a request, so what is measured is the server. Of one thread, but for [#send].
final class Line implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int[] STATUSES = {200, 204, 206, 304, 400, 404, 500}; // RFC 7541, A
    private static final int WINDOW = 1 << 30;
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SSLSocket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final URI server;
    private final String token;
    private byte[] payload = new byte[1 << 16];
    private int nextStream = 1;
    private int taken; // bytes of answers that the server was not yet told of
    private long room = 65_535; // bytes that the server takes now
    private int status;
    private boolean closed;

    /// What comes back on a stream.
    interface Answers {
        /// Bytes of the body of an answer, now and not later; none when it begins.
        void part(int stream, byte[] bytes, int length);

        /// @param status such as 201
        void end(int stream, int status) throws IOException;
    }

    Line(SSLContext tls, URI server, String token) throws IOException {
        this.server = server;
        this.token = token;
        socket =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(
                                        new Tcp(server), server.getHost(), server.getPort(), true);
        socket.setTcpNoDelay(true);
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 14);
        out.write(PREFACE);
        // No dynamic table, no pushes, large windows.
        frame(SETTINGS, 0, 0, settings(1, 0, 2, 0, 4, WINDOW));
        frame(WINDOW_UPDATE, 0, 0, number(WINDOW));
        out.flush();
    }

    private static byte[] settings(int... pairs) {
        var bytes = ByteBuffer.allocate(pairs.length * 3);
        for (int i = 0; i < pairs.length; i += 2) {
            bytes.putShort((short) pairs[i]).putInt(pairs[i + 1]);
        }
        return bytes.array();
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    /// The header block of a request.
    byte[] head(String method, String path) {
        var block = ByteBuffer.allocate(4096).put((byte) (method.equals("GET") ? 0x82 : 0x83));
        block.put((byte) 0x87); // https
        literal(block, 1, server.getAuthority());
        literal(block, 4, path);
        literal(block, 23, "Bearer " + token);
        literal(block, 58, "flotilla-bench");
        if (!method.equals("GET")) {
            literal(block, 31, "application/json");
        }
        return Arrays.copyOf(block.array(), block.position());
    }

    /// A literal that is not indexed, with a name of the static table.
    private static void literal(ByteBuffer block, int name, String value) {
        if (name < 15) {
            block.put((byte) name);
        } else {
            block.put((byte) 0x0f).put((byte) (name - 15));
        }
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 127) {
            block.put((byte) bytes.length);
        } else {
            int rest = bytes.length - 127;
            block.put((byte) 127);
            for (; rest >= 128; rest >>= 7) {
                block.put((byte) (rest | 128));
            }
            block.put((byte) rest);
        }
        block.put(bytes);
    }

    /// Sends a request and does not wait; not flushed.
    ///
    /// @param body none: empty
    /// @return its stream
    synchronized int send(byte[] head, byte[] body) throws IOException {
        int stream = nextStream;
        nextStream += 2;
        frame(HEADERS, END_HEADERS | (body.length == 0 ? END_STREAM : 0), stream, head);
        if (body.length > 0) {
            await(body.length);
            room -= body.length;
            frame(DATA, END_STREAM, stream, body);
        }
        return stream;
    }

    private synchronized void await(int bytes) throws IOException {
        try {
            while (room < bytes) {
                if (closed) {
                    throw new IOException("the connection is closed");
                }
                out.flush();
                wait(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    synchronized void flush() throws IOException {
        out.flush();
    }

    private synchronized void frame(int type, int flags, int stream, byte[] bytes)
            throws IOException {
        var head = ByteBuffer.allocate(9).putInt(bytes.length << 8 | type);
        out.write(head.put((byte) flags).putInt(stream).array());
        out.write(bytes);
    }

    /// Whether reading would wait.
    boolean isQuiet() throws IOException {
        return in.available() == 0;
    }

    /// Takes in one frame.
    void read(Answers answers) throws IOException {
        int head = in.readInt();
        int length = head >>> 8;
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        if (length > payload.length) {
            payload = new byte[length];
        }
        in.readFully(payload, 0, length);
        switch (head & 0xff) {
            case DATA -> {
                answers.part(stream, payload, length);
                taken += length;
                if (taken > WINDOW / 4) {
                    frame(WINDOW_UPDATE, 0, 0, number(taken));
                    flush();
                    taken = 0;
                }
            }
            case HEADERS -> {
                status = status();
                answers.part(stream, payload, 0);
            }
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    frame(SETTINGS, ACK, 0, new byte[0]);
                    flush();
                }
            }
            case PING -> {
                if ((flags & ACK) == 0) {
                    frame(PING, ACK, 0, Arrays.copyOf(payload, length));
                    flush();
                }
            }
            case WINDOW_UPDATE -> {
                if (stream == 0) {
                    widen(ByteBuffer.wrap(payload).getInt());
                }
            }
            case RESET, GOAWAY -> throw new IOException("the server ended stream " + stream);
            default -> {}
        }
        if ((head & 0xff) <= HEADERS && (flags & END_STREAM) != 0) {
            answers.end(stream, status);
        }
    }

    private synchronized void widen(int by) {
        room += by;
        notifyAll();
    }

    /// The status stands first in an answer's header block, after what it says of its table.
    private int status() throws IOException {
        int at = 0;
        while ((payload[at] & 0xe0) == 0x20) {
            at++;
        }
        int first = payload[at] & 0xff;
        if (first >= 0x88 && first <= 0x8e) {
            return STATUSES[first - 0x88];
        }
        int name = (first & 0xc0) == 0x40 ? first & 0x3f : first & 0x0f;
        if (name < 8 || name > 14) {
            throw new IOException("a status is expected first, not " + first);
        }
        if (payload[at + 1] == 3) {
            return Integer.parseInt(new String(payload, at + 2, 3, StandardCharsets.US_ASCII));
        }
        // Huffman: each digit 0 to 2 is five bits (RFC 7541, appendix B), others are six.
        int bits = (payload[at + 2] & 0xff) << 8 | (payload[at + 3] & 0xff);
        return bits >>> 1 == 0b000100000000001 ? 201 : 0;
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        socket.close();
    }

    /// Reads much at once: TLS asks for each record's head and then for its rest.
    private static final class Tcp extends Socket {
        private final InputStream in;

        Tcp(URI server) throws IOException {
            super(server.getHost(), server.getPort());
            in = new BufferedInputStream(super.getInputStream(), 1 << 15);
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }
    }
}
