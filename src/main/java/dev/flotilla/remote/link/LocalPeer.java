package dev.flotilla.remote.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;

/// A process on this computer. Its input ends with this JVM, and it with its input. What it says is
/// read by a thread of its own: a pipe of a process would hold the carrier of a virtual thread.
final class LocalPeer implements Peer {
    private static final int AT_ONCE = 32 * 1024;

    private final Process process;
    private final PipedInputStream output;

    private LocalPeer(Process process, PipedInputStream output) {
        this.process = process;
        this.output = output;
    }

    static LocalPeer start(Argv command) throws IOException {
        var process =
                new ProcessBuilder(command.words())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var output = new PipedInputStream(AT_ONCE);
        var sink = new PipedOutputStream(output);
        Thread.ofPlatform()
                .daemon()
                .name("output of " + command.words().getFirst())
                .start(() -> carry(process.getInputStream(), sink));
        return new LocalPeer(process, output);
    }

    private static void carry(InputStream from, OutputStream to) {
        try (from;
                to) {
            var buffer = new byte[AT_ONCE];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException _) {
            // One of them is gone, and who uses the other learns of it.
        }
    }

    /// Ends it and all that it began, as far as that is still known.
    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public InputStream output() {
        return output;
    }

    @Override
    public OutputStream input() {
        return process.getOutputStream();
    }

    @Override
    public void close() {
        end(process);
        try {
            output.close();
        } catch (IOException _) {
            // Nobody reads it any more.
        }
    }
}
