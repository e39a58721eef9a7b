package dev.flotilla.remote.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A socket that gives one answer to whatever an engine is asked, and remembers the questions.
final class FakeEngine implements AutoCloseable {
    private final ServerSocketChannel server;
    private final byte[] answer;
    final Path socket;
    final List<String> asked = new CopyOnWriteArrayList<>();

    FakeEngine(Path folder, String answer) throws IOException {
        this(folder, answer.getBytes(StandardCharsets.UTF_8));
    }

    FakeEngine(Path folder, byte[] answer) throws IOException {
        this.socket = folder.resolve("engine.sock");
        this.answer = answer;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().name("fake engine").start(this::serve);
    }

    private void serve() {
        try {
            while (true) {
                try (var client = server.accept();
                        var in = Channels.newInputStream(client);
                        var out = Channels.newOutputStream(client)) {
                    asked.add(head(in));
                    out.write(
                            ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection:"
                                            + " close\r\nContent-Length: %d\r\n\r\n")
                                    .formatted(answer.length)
                                    .getBytes(StandardCharsets.UTF_8));
                    out.write(answer);
                }
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private static String head(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
