package dev.flotilla.server.spdy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.EncoderException;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Frames from bytes and bytes from frames, by Netty. Each way has a memory of the headers that
/// went it, so each is used by one thread at a time, and what it makes is sent in that order.
final class Framing {
    private static final int MOST_CHUNK = 64 * 1024;
    private static final int MOST_HEADERS = 16 * 1024;

    /// Of zlib, as Netty has them by default.
    private static final int LEVEL = 6;

    private static final int WINDOW_BITS = 15;
    private static final int MEMORY = 8;

    private final EmbeddedChannel decoder = channel();
    private final EmbeddedChannel encoder = channel();

    private static EmbeddedChannel channel() {
        var channel = new EmbeddedChannel();
        channel.config().setAllocator(new UnpooledByteBufAllocator(false));
        channel.pipeline()
                .addLast(
                        new SpdyFrameCodec(
                                SpdyVersion.SPDY_3_1,
                                MOST_CHUNK,
                                MOST_HEADERS,
                                LEVEL,
                                WINDOW_BITS,
                                MEMORY));
        return channel;
    }

    /// The frames that end in these bytes. They are the caller's to release.
    List<SpdyFrame> decode(byte[] bytes) throws IOException {
        try {
            boolean _ = decoder.writeInbound(Unpooled.wrappedBuffer(bytes));
        } catch (DecoderException e) {
            throw new IOException("the client does not speak SPDY/3.1: " + e.getMessage(), e);
        }
        var frames = new ArrayList<SpdyFrame>();
        for (Object frame = decoder.readInbound(); frame != null; frame = decoder.readInbound()) {
            frames.add((SpdyFrame) frame);
        }
        return frames;
    }

    ByteBuffer encode(SpdyFrame frame) throws IOException {
        try {
            boolean _ = encoder.writeOutbound(frame);
        } catch (EncoderException e) {
            throw new IOException("a frame of SPDY/3.1 can't be written: " + e.getMessage(), e);
        }
        ByteBuf made = encoder.readOutbound();
        try {
            var bytes = ByteBuffer.allocate(made.readableBytes());
            made.readBytes(bytes);
            return bytes.flip();
        } finally {
            ReferenceCountUtil.release(made);
        }
    }
}
