package dev.flotilla.server.watch;

import dev.flotilla.server.call.Call;
import dev.flotilla.server.socket.Socket;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Each event a message of text on a WebSocket, which is opened with the first.
final class Messages implements Outlet {
    /// What is there at the start is told from then on, though more may come.
    private static final int ENOUGH = 500;

    private final Call call;
    private final Runnable gone;
    private final List<String> pending = new ArrayList<>();
    private @Nullable Socket socket;

    /// @param gone what to do when the client leaves
    Messages(Call call, Runnable gone) {
        this.call = call;
        this.gone = gone;
    }

    @Override
    public void add(String type, byte[] object) throws IOException {
        pending.add(Outlet.head(type) + new String(object, StandardCharsets.UTF_8) + "}\n");
        if (socket != null || pending.size() >= ENOUGH) {
            flush();
        }
    }

    @Override
    public void lines(ByteBuffer lines, boolean more) throws IOException {
        flush();
        for (var line : StandardCharsets.UTF_8.decode(lines).toString().split("(?<=\n)", 0)) {
            if (!line.isEmpty()) {
                socket().text(line);
            }
        }
    }

    @Override
    public void flush() throws IOException {
        var open = socket();
        for (var event : pending) {
            open.text(event);
        }
        pending.clear();
    }

    @Override
    public boolean hasBegun() {
        return socket != null;
    }

    @Override
    public void end() throws IOException {
        flush();
        socket().end();
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }

    private Socket socket() throws IOException {
        var open = socket;
        if (open == null) {
            open = Socket.open(call, gone);
            socket = open;
        }
        return open;
    }
}
