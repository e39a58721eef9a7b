package dev.flotilla.server.socket;

import dev.flotilla.server.call.Call;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes both ways in the messages of a WebSocket, whose bounds mean nothing.
public final class Tunnel implements Line {
    private static final int AT_ONCE = 64 * 1024;

    private final Pipe said = new Pipe();
    private final TwoWay socket;

    private Tunnel(Call call, String protocol) throws IOException {
        socket = TwoWay.open(call, protocol, new Hearing(said));
    }

    /// Makes the request's connection one.
    public static Tunnel open(Call call, String protocol) throws IOException {
        return new Tunnel(call, protocol);
    }

    @Override
    public byte[] read() throws IOException {
        var some = new byte[AT_ONCE];
        int count = said.read(some);
        return count < 0 ? new byte[0] : Arrays.copyOf(some, count);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        socket.send(bytes);
    }

    @Override
    public void end() throws IOException {
        socket.end();
    }

    @Override
    public void close() {
        said.close();
        socket.close();
    }

    private record Hearing(Pipe said) implements TwoWay.Ear {
        @Override
        public boolean hear(byte[] part, boolean last, Runnable room) {
            return said.put(part, room);
        }

        @Override
        public void gone() {
            said.end();
        }
    }
}
