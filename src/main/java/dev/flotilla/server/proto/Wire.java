package dev.flotilla.server.proto;

import dev.flotilla.server.proto.ProtobufBody.Unreadable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads protobuf's wire format from a part of an array.
final class Wire {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private final byte[] data;
    private final int end;
    private int at;

    Wire(byte[] data, int from, int to) {
        this.data = data;
        this.at = from;
        this.end = to;
    }

    boolean more() {
        return at < end;
    }

    /// A field's number times eight and its wire type.
    int tag() throws Unreadable {
        var tag = varint();
        if (tag >>> 3 == 0 || tag >>> 32 != 0) {
            throw new Unreadable("proto: illegal tag " + tag);
        }
        return (int) tag;
    }

    long varint() throws Unreadable {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            var b = data[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new Unreadable("proto: integer overflow");
    }

    double real() throws Unreadable {
        need(8);
        var value = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getDouble(at);
        at += 8;
        return value;
    }

    /// The next message or text, to be read on its own.
    Wire part() throws Unreadable {
        var length = varint();
        if (length < 0 || length > end - at) {
            throw new Unreadable("unexpected EOF");
        }
        var part = new Wire(data, at, at + (int) length);
        at += (int) length;
        return part;
    }

    /// What is left, as text.
    String text() {
        return new String(data, at, end - at, StandardCharsets.UTF_8);
    }

    /// What is left.
    byte[] bytes() {
        return Arrays.copyOfRange(data, at, end);
    }

    void skip(int wireType) throws Unreadable {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> jump(8);
            case BYTES -> part();
            case FIXED32 -> jump(4);
            default -> throw new Unreadable("proto: illegal wireType " + wireType);
        }
    }

    private void jump(int count) throws Unreadable {
        need(count);
        at += count;
    }

    private void need(int count) throws Unreadable {
        if (end - at < count) {
            throw new Unreadable("unexpected EOF");
        }
    }
}
