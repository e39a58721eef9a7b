package dev.flotilla.remote.image;

import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.Peer;
import dev.flotilla.remote.link.SshSession;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The root filesystem of a machine as a tar, without what belongs to the machine alone: other
/// mounts, devices, the kernel, what is running, caches, other containers.
///
/// The tar's exit code follows it on the same stream and is taken off again, so that half a system
/// is never taken for a whole one.
public final class SystemTar extends InputStream {
    /// The tail of the stream: this and the exit code.
    private static final String MARK = "\nflotilla-tar-ended ";

    private static final int TAIL = MARK.length() + 4;

    /// A file changed while it was read: it is a running system.
    private static final int CHANGED = 1;

    private static final List<String> EXCLUDED =
            List.of(
                    "./proc/*",
                    "./sys/*",
                    "./dev/*",
                    "./run/*",
                    "./tmp/*",
                    "./mnt/*",
                    "./media/*",
                    "./boot/*",
                    "./lost+found",
                    "./swapfile",
                    "./swap.img",
                    "./var/tmp/*",
                    "./var/cache/*",
                    "./var/lib/docker/*",
                    "./var/lib/containerd/*",
                    "./var/lib/flotilla/*");

    private final Peer peer;
    private final InputStream in;
    private final String where;
    private byte[] held = new byte[0];
    private boolean ended;

    private SystemTar(Peer peer, String where) {
        this.peer = peer;
        this.in = peer.output();
        this.where = where;
    }

    /// Starts reading.
    ///
    /// @param exclude further paths from the root, as patterns of GNU tar
    public static SystemTar of(SshSession session, List<String> exclude) throws IOException {
        var tar = new ArrayList<>(List.of("tar", "-C", "/", "-c", "--one-file-system"));
        tar.addAll(
                List.of(
                        "--numeric-owner",
                        "--warning=no-file-changed",
                        "--warning=no-file-ignored"));
        EXCLUDED.forEach(e -> tar.add("--exclude=" + e));
        exclude.forEach(e -> tar.add("--exclude=./" + e.replaceFirst("^[./]+", "")));
        tar.addAll(List.of("-f", "-", "."));
        var asRoot = new Argv(tar).asRoot(session.target().user());
        var script =
                asRoot.shell() + " 2>/dev/null; printf '" + MARK.replace("\n", "\\n") + "%03d' $?";
        return new SystemTar(
                session.start(Argv.of("sh", "-c", script)), session.target().toString());
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /// Gives out all but the last bytes that came, which may be the tail.
    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        while (!ended && held.length <= TAIL) {
            fill(Math.max(length, TAIL));
        }
        int ready = ended ? held.length : held.length - TAIL;
        if (ready == 0) {
            return -1;
        }
        int n = Math.min(length, ready);
        System.arraycopy(held, 0, buffer, from, n);
        held = Arrays.copyOfRange(held, n, held.length);
        return n;
    }

    private void fill(int most) throws IOException {
        var more = new byte[most];
        int n = in.read(more);
        if (n < 0) {
            ended = true;
            takeTail();
            return;
        }
        var joined = new ByteArrayOutputStream(held.length + n);
        joined.writeBytes(held);
        joined.write(more, 0, n);
        held = joined.toByteArray();
    }

    private void takeTail() throws IOException {
        int at = held.length - MARK.length() - 3;
        var tail =
                new String(
                        held,
                        Math.max(0, at),
                        held.length - Math.max(0, at),
                        StandardCharsets.US_ASCII);
        if (at < 0 || !tail.startsWith(MARK)) {
            throw new IOException(
                    "the connection to " + where + " broke in the middle of its system");
        }
        int code = Integer.parseInt(tail.substring(MARK.length()));
        if (code > CHANGED) {
            throw new IOException(
                    "tar on %s ended with %d: it needs GNU tar and the rights of root (sudo without a password)"
                            .formatted(where, code));
        }
        held = Arrays.copyOf(held, at);
    }

    @Override
    public void close() {
        peer.close();
    }
}
