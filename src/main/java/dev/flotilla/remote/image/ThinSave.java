package dev.flotilla.remote.image;

import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.NodeHost;
import dev.flotilla.remote.link.Peer;
import dev.flotilla.remote.link.Scripts;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/// An image's archive as a node sends it: what nobody wants is left out there, and what goes over a
/// slow line is packed; see `save.pl`.
final class ThinSave extends InputStream {
    private static final String ZONE = "zone ";
    private static final int LARGEST = 16 << 20;

    private final Peer peer;
    private final DataInputStream in;
    private InputStream piece = InputStream.nullInputStream();

    /// Of a plain piece, how much is still to come; it is read without a stream between.
    private int plain;

    private boolean ended;

    private ThinSave(Peer peer, DataInputStream in) {
        this.peer = peer;
        this.in = in;
    }

    /// @param socket of the engine on that machine
    /// @param path of the archive in the engine's API
    /// @param without what is left out, once the machine's time zone in 1970 is known
    /// @return empty if that machine can't do it
    static Optional<InputStream> open(
            NodeHost host,
            String socket,
            String path,
            Function<ZoneOffset, Collection<String>> without)
            throws IOException {
        var script = Scripts.text(ThinSave.class, "save.pl");
        var peer = host.start(Argv.of("perl", "-e", script, socket, path));
        try {
            var in = new DataInputStream(peer.output());
            var zone = line(in);
            if (!zone.startsWith(ZONE)) {
                peer.close();
                return Optional.empty();
            }
            var seconds = Integer.parseInt(zone.substring(ZONE.length()));
            var names = String.join("\n", without.apply(ZoneOffset.ofTotalSeconds(seconds)));
            var asked = (names.isEmpty() ? "\n" : names + "\n\n").getBytes(StandardCharsets.UTF_8);
            peer.input().write(asked);
            peer.input().flush();
            return Optional.of(new ThinSave(peer, in));
        } catch (IOException | RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    /// As far as it came, if it ends too early.
    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n' && line.length() < 80; b = in.read()) {
            line.append((char) b);
        }
        return line.toString();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (plain > 0) {
                int n = in.read(buffer, from, Math.min(length, plain));
                if (n < 0) {
                    throw new EOFException("the connection broke in the middle of the image");
                }
                plain -= n;
                return n;
            }
            int n = piece.read(buffer, from, length);
            if (n > 0) {
                return n;
            }
            next();
        }
        return -1;
    }

    private void next() throws IOException {
        int kind = in.read();
        int length = kind < 0 ? 0 : in.readInt();
        if (kind < 0 || length < 0 || length > LARGEST) {
            throw new EOFException("the connection broke in the middle of the image");
        }
        switch (kind) {
            case 'P' -> plain = length;
            case 'Z' ->
                    piece = new GZIPInputStream(new ByteArrayInputStream(in.readNBytes(length)));
            case 'E' -> {
                var words = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                if (!words.isEmpty()) {
                    throw new IOException(words);
                }
                ended = true;
            }
            default -> throw new IOException("the node sent what is no piece of an image");
        }
    }

    @Override
    public void close() {
        peer.close();
    }
}
