package dev.flotilla.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A process on this computer. Its input ends with this JVM, and it with its input.
record LocalPeer(Process process) implements Peer {
    static LocalPeer start(Argv command) throws IOException {
        return new LocalPeer(
                new ProcessBuilder(command.words())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    @Override
    public InputStream output() {
        return process.getInputStream();
    }

    @Override
    public OutputStream input() {
        return process.getOutputStream();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
