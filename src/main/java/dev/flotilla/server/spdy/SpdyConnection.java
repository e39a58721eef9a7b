package dev.flotilla.server.spdy;

import dev.flotilla.server.socket.Line;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.util.ReferenceCountUtil;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// The server's end of a connection. One thread runs it; streams are used by any.
public final class SpdyConnection implements AutoCloseable {
    /// More streams at once are refused.
    private static final int MOST_STREAMS = 2000;

    private final Line line;
    private final Predicate<SpdyStream> opened;
    private final Framing framing = new Framing();
    private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private int last;

    /// @param opened told of each stream before anything comes in it, and before the client hears
    ///   that it stands; says whether it may stand
    public SpdyConnection(Line line, Predicate<SpdyStream> opened) {
        this.line = line;
        this.opened = opened;
    }

    /// Takes what the client says until it goes. Then every stream that was not at its end fails.
    public void run() throws IOException {
        try {
            for (var bytes = line.read(); bytes.length > 0; bytes = line.read()) {
                for (var frame : framing.decode(bytes)) {
                    try {
                        take(frame);
                    } finally {
                        ReferenceCountUtil.release(frame);
                    }
                }
            }
        } finally {
            streams.values().forEach(s -> s.broken("the client has left"));
            streams.clear();
        }
    }

    /// Says that no more streams are taken and that this was all.
    public void end() throws IOException {
        send(new DefaultSpdyGoAwayFrame(last, SpdySessionStatus.OK));
        line.end();
    }

    /// Cuts the client off, unless it is gone.
    @Override
    public void close() {
        line.close();
    }

    private void take(SpdyFrame frame) throws IOException {
        switch (frame) {
            case SpdySynStreamFrame begun -> begin(begun);
            case SpdyDataFrame data -> hear(data);
            case SpdyRstStreamFrame reset -> {
                var stream = streams.remove(reset.streamId());
                if (stream != null) {
                    stream.broken("the client has given up the stream");
                }
            }
            case SpdyPingFrame ping -> send(ping);
            default -> {
                // Headers that follow, settings, windows and farewells change nothing here.
            }
        }
    }

    private void begin(SpdySynStreamFrame frame) throws IOException {
        int id = frame.streamId();
        var stream = new SpdyStream(this, id, headers(frame));
        boolean fits = id > last && id % 2 == 1 && !frame.isInvalid() && !frame.isTruncated();
        last = Math.max(last, id);
        if (!fits || streams.size() >= MOST_STREAMS) {
            send(new DefaultSpdyRstStreamFrame(id, SpdyStreamStatus.PROTOCOL_ERROR));
            return;
        }
        streams.put(id, stream);
        if (!opened.test(stream)) {
            streams.remove(id);
            send(new DefaultSpdyRstStreamFrame(id, SpdyStreamStatus.CANCEL));
            return;
        }
        var reply = new DefaultSpdySynReplyFrame(id);
        // Without any Netty writes no block of headers, and clients wait for one.
        reply.headers().add(SpdyHeaders.HttpNames.STATUS, "200");
        reply.headers().add(SpdyHeaders.HttpNames.VERSION, "HTTP/1.1");
        send(reply);
        if (frame.isLast()) {
            ended(stream);
        }
    }

    private static Map<String, String> headers(SpdySynStreamFrame frame) {
        var headers = new HashMap<String, String>();
        frame.headers()
                .forEach(
                        e ->
                                headers.putIfAbsent(
                                        e.getKey().toString().toLowerCase(Locale.ROOT),
                                        e.getValue().toString()));
        return headers;
    }

    private void hear(SpdyDataFrame data) throws IOException {
        var stream = streams.get(data.streamId());
        if (stream == null) {
            return;
        }
        var bytes = new byte[data.content().readableBytes()];
        data.content().readBytes(bytes);
        var room = new Semaphore(0);
        if (!stream.said().put(bytes, room::release)) {
            try {
                room.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        if (data.isLast()) {
            ended(stream);
        }
    }

    private void ended(SpdyStream stream) {
        if (stream.clientEnded()) {
            streams.remove(stream.id());
        }
    }

    void data(int id, byte[] bytes, int from, int count) throws IOException {
        send(new DefaultSpdyDataFrame(id, Unpooled.wrappedBuffer(bytes, from, count)));
    }

    /// The server's half is at its end.
    void end(int id, boolean whole) throws IOException {
        if (whole) {
            streams.remove(id);
        }
        send(new DefaultSpdyDataFrame(id).setLast(true));
    }

    private void send(SpdyFrame frame) throws IOException {
        writing.lock();
        try {
            line.write(framing.encode(frame));
        } finally {
            writing.unlock();
        }
    }
}
