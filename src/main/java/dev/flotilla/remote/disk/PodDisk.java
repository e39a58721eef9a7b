package dev.flotilla.remote.disk;

import dev.flotilla.node.ContainerRuntime.Placed;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.PodFiles;
import dev.flotilla.node.PodFiles.Medium;
import dev.flotilla.node.PodFolder;
import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.NodeHost;
import dev.flotilla.remote.link.Scripts;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Pods' volumes on a node's disk and in its memory, made by one script and a stream of files: no
/// round trip for each.
public record PodDisk(String where, NodeHost host, InstantSource time) {
    private static final String SCRIPT = Scripts.text(PodDisk.class, "pod-files.sh");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// What the script ends with when the node can't do what was asked.
    private static final int REFUSED = 3;

    public void place(PodFiles files) {
        var folder = files.folder();
        var turn = Long.toString(time.instant().toEpochMilli());
        var words = new ArrayList<>(List.of("place", folder.disk(), folder.memory(), turn));
        for (var made : files.folders()) {
            words.addAll(
                    List.of(
                            "folder-" + name(made.medium()),
                            folder.of(made.name(), made.medium()),
                            Long.toString(made.sizeBytes()),
                            group(made.group())));
        }
        for (var tree : files.trees()) {
            words.addAll(List.of("tree", folder.of(tree.name(), tree.medium()), "", ""));
        }
        for (var path : files.paths()) {
            words.addAll(List.of("path", path.path(), path.type(), group(path.group())));
        }
        for (var kept : files.kept()) {
            words.addAll(
                    List.of(
                            "kept",
                            kept.path(),
                            kept.volume().isEmpty()
                                    ? ""
                                    : PodFolder.volumesOf(folder.cluster()) + "/" + kept.volume(),
                            group(kept.group())));
        }
        for (var part : files.parts()) {
            words.addAll(List.of("part", part.volume(), part.path(), ""));
        }
        for (var note : files.notes()) {
            words.addAll(List.of("note", note, "", ""));
        }
        run(words, archive(files, turn));
    }

    /// The end of a file, which is emptied.
    public String taken(String file, int bytes) {
        return run(List.of("take", file, "", Integer.toString(bytes)), new byte[0]);
    }

    public void clear(PodFolder folder) {
        run(List.of("clear", folder.disk(), folder.memory()), new byte[0]);
    }

    public Placed placed(String cluster) {
        var said =
                run(
                        List.of(
                                "list",
                                PodFolder.diskOf(cluster),
                                PodFolder.memoryOf(cluster),
                                PodFolder.volumesOf(cluster)),
                        new byte[0]);
        return new Placed(named("pod ", said), named("volume ", said));
    }

    /// See [dev.flotilla.node.ContainerRuntime#filled].
    public Map<String, Long> filled(Collection<String> folders) {
        if (folders.isEmpty()) {
            return Map.of();
        }
        var words = new ArrayList<>(List.of("use", "", ""));
        words.addAll(folders);
        var all = new HashMap<String, Long>();
        for (var line : run(words, new byte[0]).lines().toList()) {
            int end = line.indexOf('\t');
            all.put(line.substring(end + 1), Long.parseLong(line.substring(0, end)) * 1024);
        }
        return all;
    }

    public void drop(String cluster, String volume) {
        run(List.of("drop", PodFolder.volumesOf(cluster), "", volume), new byte[0]);
    }

    private static Set<String> named(String what, String said) {
        return said.lines()
                .filter(l -> l.startsWith(what))
                .map(l -> l.substring(what.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String run(List<String> words, byte[] input) {
        var argv = new ArrayList<>(List.of("sh", "-c", SCRIPT, "pod-files"));
        argv.addAll(words);
        var said = host.runAsRoot(new Argv(argv), input, PATIENCE);
        if (said.exitCode() == REFUSED) {
            throw new RefusedByEngine(said.words());
        }
        if (!said.ok() && said.words().contains("sudo")) {
            throw new RefusedByEngine(
                    "nobody may act as root without a password on %s: %s"
                            .formatted(where, said.words()));
        }
        if (!said.ok()) {
            throw new RuntimeUnavailable(
                    "Volumes can't be made ready on %s: %s".formatted(where, said.words()));
        }
        return said.output();
    }

    private static byte[] archive(PodFiles files, String turn) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (var tree : files.trees()) {
                var base = files.folder().of(tree.name(), tree.medium()) + "/.." + turn;
                put(tar, base + "/", 0755, tree.group(), new byte[0]);
                for (var file : tree.files().entrySet()) {
                    var content = file.getValue();
                    put(
                            tar,
                            base + "/" + file.getKey(),
                            mode(content.mode(), tree.group()),
                            tree.group(),
                            bytes(content));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(
            TarArchiveOutputStream tar, String path, int mode, OptionalLong group, byte[] content)
            throws IOException {
        var relative = path.substring(1);
        var entry =
                new TarArchiveEntry(
                        relative,
                        path.endsWith("/") ? TarConstants.LF_DIR : TarConstants.LF_NORMAL);
        entry.setMode(mode);
        entry.setGroupId(group.orElse(0));
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /// A group that owns the files may read them.
    private static int mode(int asked, OptionalLong group) {
        return group.isPresent() ? asked | 0440 : asked;
    }

    private static byte[] bytes(PodFiles.Content content) {
        return content.base64()
                ? Base64.getMimeDecoder().decode(content.text())
                : content.text().getBytes(StandardCharsets.UTF_8);
    }

    private static String name(Medium medium) {
        return medium == Medium.MEMORY ? "memory" : "disk";
    }

    private static String group(OptionalLong group) {
        return group.isPresent() ? Long.toString(group.getAsLong()) : "";
    }
}
