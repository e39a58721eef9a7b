package dev.flotilla.remote.check;

import dev.flotilla.node.Check;
import dev.flotilla.node.Check.Answer;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One call of `grpc.health.v1.Health/Check`: a request of two frames, as RFC 9113 lays them out,
/// on a connection of its own. Netty compresses and reads the headers.
final class GrpcCheck {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GO_AWAY = 7;
    private static final int CONTINUATION = 9;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PADDED = 8;
    private static final int PRIORITY = 32;
    private static final int MOST_BYTES = 1 << 16;

    private static final int SERVING = 1;
    private static final int NOT_SERVING = 2;
    private static final int LONGEST_SERVICE = 120;

    /// Of a gRPC message: whether it is compressed, and its length.
    private static final int PREFIX = 5;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder();
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int status;
    private String words = "";
    private boolean ended;

    private GrpcCheck(Socket socket) throws IOException {
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    static Answer ask(Check.Grpc check, Dialer dialer) throws IOException {
        if (check.service().length() > LONGEST_SERVICE) {
            return Answer.unwell("the service's name is longer than " + LONGEST_SERVICE);
        }
        try (var socket = dialed(check, dialer)) {
            socket.setSoTimeout(Math.toIntExact(check.timeout().toMillis()));
            return new GrpcCheck(socket).ask(check);
        } catch (SocketTimeoutException e) {
            return Answer.unwell(
                    "timeout: health rpc did not complete within "
                            + GrpcStatus.seconds(check.timeout()));
        } catch (Http2Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Socket dialed(Check.Grpc check, Dialer dialer) throws IOException {
        try {
            return dialer.dial(check.address(), check.port(), check.timeout());
        } catch (IOException e) {
            throw new IOException(
                    "error: failed to connect service at \"%s:%d\": %s"
                            .formatted(check.address(), check.port(), e.getMessage()),
                    e);
        }
    }

    private Answer ask(Check.Grpc check) throws IOException, Http2Exception {
        var hello = new ByteArrayOutputStream();
        hello.writeBytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
        hello.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
        hello.writeBytes(frame(HEADERS, END_HEADERS, 1, headers(check)));
        hello.writeBytes(frame(DATA, END_STREAM, 1, request(check.service())));
        out.write(hello.toByteArray());
        out.flush();
        while (!ended) {
            read();
        }
        return answer();
    }

    private void read() throws IOException, Http2Exception {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & Integer.MAX_VALUE;
        if (length > MOST_BYTES || message.size() + block.size() > MOST_BYTES) {
            throw new IOException("the answer is too long for a health check");
        }
        var payload = in.readNBytes(length);
        switch (type) {
            case DATA -> {
                message.writeBytes(unpadded(payload, flags));
                ended = (flags & END_STREAM) != 0;
            }
            case HEADERS, CONTINUATION -> {
                block.writeBytes(type == HEADERS ? unpadded(payload, flags) : payload);
                if ((flags & END_HEADERS) != 0) {
                    take();
                }
                // The trailers end the stream; they may come in several frames.
                ended = type == HEADERS && (flags & END_STREAM) != 0 && block.size() == 0;
            }
            case SETTINGS, PING -> {
                if ((flags & ACK) == 0) {
                    out.write(frame(type, ACK, 0, type == PING ? payload : new byte[0]));
                    out.flush();
                }
            }
            case RESET, GO_AWAY ->
                    throw new IOException("the call was refused, on stream " + stream);
            default -> {}
        }
    }

    private void take() throws Http2Exception {
        var bytes = Unpooled.wrappedBuffer(block.toByteArray());
        block.reset();
        Http2Headers all = headers.decodeHeaders(1, bytes);
        var said = all.get("grpc-status");
        if (said != null) {
            status = GrpcStatus.number(said.toString());
            words = GrpcStatus.decoded(all.get("grpc-message"));
        }
    }

    private static byte[] unpadded(byte[] payload, int flags) {
        int from = 0;
        int to = payload.length;
        if ((flags & PADDED) != 0 && to > 0) {
            to -= payload[0] & 0xff;
            from = 1;
        }
        if ((flags & PRIORITY) != 0) {
            from += 5;
        }
        return from < to ? Arrays.copyOfRange(payload, from, to) : new byte[0];
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        var bytes =
                Unpooled.buffer(9 + payload.length)
                        .writeMedium(payload.length)
                        .writeByte(type)
                        .writeByte(flags)
                        .writeInt(stream)
                        .writeBytes(payload);
        return ByteBufUtil.getBytes(bytes);
    }

    private static byte[] headers(Check.Grpc check) throws Http2Exception {
        var headers =
                new DefaultHttp2Headers()
                        .method("POST")
                        .scheme("http")
                        .path("/grpc.health.v1.Health/Check")
                        .authority(check.address() + ":" + check.port())
                        .add("content-type", "application/grpc")
                        .add("te", "trailers")
                        .add("user-agent", Check.ASKER);
        var bytes = Unpooled.buffer();
        new DefaultHttp2HeadersEncoder().encodeHeaders(1, headers, bytes);
        return ByteBufUtil.getBytes(bytes);
    }

    /// `HealthCheckRequest`: field 1 is the service.
    private static byte[] request(String service) {
        var name = service.getBytes(StandardCharsets.UTF_8);
        int length = name.length == 0 ? 0 : name.length + 2;
        var bytes = Unpooled.buffer(PREFIX + length).writeByte(0).writeInt(length);
        if (length > 0) {
            bytes.writeByte(0x0a).writeByte(name.length).writeBytes(name);
        }
        return ByteBufUtil.getBytes(bytes);
    }

    private Answer answer() {
        if (status != 0) {
            return Answer.unwell(GrpcStatus.failed(status, words));
        }
        var bytes = message.toByteArray();
        // HealthCheckResponse: field 1 is the status, left out when it is UNKNOWN.
        int said = bytes.length >= PREFIX + 2 && bytes[PREFIX] == 0x08 ? bytes[PREFIX + 1] : 0;
        return said == SERVING
                ? Answer.WELL
                : Answer.unwell(
                        "service unhealthy (responded with \"%s\")"
                                .formatted(said == NOT_SERVING ? "NOT_SERVING" : "UNKNOWN"));
    }
}
