package dev.flotilla.remote.disk;

import dev.flotilla.node.copy.FolderArchives;
import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.EndedStream;
import dev.flotilla.remote.link.NodeHost;
import dev.flotilla.remote.link.Scripts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/// Folders of a machine as archives, by its own GNU tar.
public record FolderTars(String where, NodeHost host) implements FolderArchives {
    private static final String SCRIPT = Scripts.text(FolderTars.class, "folder-tar.sh");

    /// How long files may take to be put in place or away.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Override
    public InputStream read(String folder) throws IOException {
        return EndedStream.of(where, host.startAsRoot(script("read", folder)));
    }

    @Override
    public Filling fill(String folder) throws IOException {
        var peer = host.startAsRoot(script("unpack", folder));
        return new Filling() {
            private boolean committed;

            @Override
            public OutputStream out() {
                return peer.input();
            }

            @Override
            public void unpacked() throws IOException {
                peer.input().close();
                try (var said = EndedStream.of(where, peer)) {
                    byte[] _ = said.readAllBytes();
                }
            }

            @Override
            public void commit() throws IOException {
                run(script("commit", folder));
                committed = true;
            }

            @Override
            public void close() {
                peer.close();
                if (!committed) {
                    var _ = host.runAsRoot(script("forget", folder), new byte[0], PATIENCE);
                }
            }
        };
    }

    private void run(Argv command) throws IOException {
        var said = host.runAsRoot(command, new byte[0], PATIENCE);
        if (!said.ok()) {
            throw new IOException(
                    "what was unpacked on %s could not be put in place: %s"
                            .formatted(where, said.words()));
        }
    }

    private static Argv script(String what, String folder) {
        return Argv.of("sh", "-c", SCRIPT, "folder-tar", what, folder);
    }
}
