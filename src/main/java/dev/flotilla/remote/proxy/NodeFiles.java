package dev.flotilla.remote.proxy;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.NodeHost;
import dev.flotilla.remote.link.Scripts;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// The files of [ProxyFolder] on a node. Many go in one round trip; who reads one finds it whole.
record NodeFiles(NodeHost host) {
    private static final String SCRIPT = Scripts.text(NodeFiles.class, "files.sh");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PRIVATE = 0600;
    private static final int READABLE = 0644;

    /// @param files text by path within the folder
    /// @param gone paths within the folder
    void place(Map<String, String> files, Collection<String> gone) {
        var words = new ArrayList<>(List.of("place", ProxyFolder.PATH));
        words.addAll(gone);
        run(words, archive(files));
    }

    /// The same, and nothing else is left of hosts and certificates.
    void placeOnly(Map<String, String> files) {
        run(List.of("only", ProxyFolder.PATH), archive(files));
    }

    /// What a file of the node's own holds.
    String read(String file) {
        return run(List.of("read", file), new byte[0]);
    }

    /// Has a process of the node read its files anew.
    void hangUp(long pid) {
        run(List.of("hangup", Long.toString(pid)), new byte[0]);
    }

    /// The number of the group that a file belongs to.
    int groupOf(String file) {
        return Integer.parseInt(run(List.of("group", file), new byte[0]).strip());
    }

    private String run(List<String> arguments, byte[] input) {
        var words = new ArrayList<>(List.of("sh", "-c", SCRIPT, "files"));
        words.addAll(arguments);
        var said = host.runAsRoot(new Argv(words), input, PATIENCE);
        if (!said.ok()) {
            throw new RefusedByEngine(
                    "%s does not take configuration for services under %s: %s. It needs root or a sudo that asks no password."
                            .formatted(host.address(), ProxyFolder.PATH, said.words()));
        }
        return said.output();
    }

    /// A tar of these files.
    static byte[] archive(Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var file : files.entrySet()) {
                var text = file.getValue().getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(text.length);
                entry.setMode(file.getKey().endsWith(".pem") ? PRIVATE : READABLE);
                tar.putArchiveEntry(entry);
                tar.write(text);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
