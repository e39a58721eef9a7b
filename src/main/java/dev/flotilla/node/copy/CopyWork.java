package dev.flotilla.node.copy;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.VolumeCopy;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.errand.Stop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// One copy from its beginning to its end.
record CopyWork(
        VolumeCopy copy,
        Cluster cluster,
        Function<String, Optional<FolderArchives>> nodes,
        CopyBoard board,
        Stop stop) {
    private static final Logger LOG = LoggerFactory.getLogger(CopyWork.class);
    private static final double MEGA = 1e6;

    void run() {
        try {
            var spec = copy.getSpec();
            var claim = new ObjectKey(spec.namespace(), spec.claim());
            if (spec.save() != null) {
                save(claim, Path.of(spec.save()));
            } else {
                restore(claim, Path.of(Objects.requireNonNull(spec.restore())));
            }
        } catch (Stop.Stopped _) {
            // Nobody is left to be told.
        } catch (RefusedByEngine
                | RuntimeUnavailable
                | IllegalArgumentException
                | IllegalStateException
                | IOException
                | UncheckedIOException e) {
            if (!stop.asked()) {
                board.end(false, String.valueOf(e.getMessage()));
            }
        }
    }

    private void save(ObjectKey claim, Path file) throws IOException {
        var folder = ClaimFolder.of(cluster, claim);
        CopyFile.checkNew(file);
        var users = ClaimFolder.users(cluster, claim);
        var warning =
                users.isEmpty()
                        ? null
                        : "while it is copied these pods may write to it, so that its files may not"
                                + " be of one moment: "
                                + String.join(", ", users);
        board.begin(warning, null);
        try (var in = archives(folder).read(folder.path())) {
            stop.whenAsked(() -> close(in));
            CopyFile.write(in, file, this::carried);
        }
        board.end(
                true,
                String.format(Locale.ROOT, "%s has %.1f MB", file, Files.size(file) / MEGA)
                        + (warning == null ? "" : "; " + warning));
    }

    private void restore(ObjectKey claim, Path file) throws IOException {
        var folder = ClaimFolder.of(cluster, claim);
        refuseUsers(claim);
        board.begin("the archive is checked", Files.exists(file) ? Files.size(file) : null);
        CopyFile.check(file);
        stop.check();
        board.begin(null, Files.size(file));
        try (var filling = archives(folder).fill(folder.path());
                var in = Files.newInputStream(file)) {
            CopyFile.copy(in, filling.out(), this::carried);
            filling.unpacked();
            stop.check();
            refuseUsers(claim);
            filling.commit();
        }
        board.end(
                true,
                "the volume of %s/%s holds what %s held"
                        .formatted(claim.namespace(), claim.name(), file));
    }

    private void carried(long bytes) {
        stop.check();
        board.carried(bytes);
    }

    private void refuseUsers(ObjectKey claim) {
        var users = ClaimFolder.users(cluster, claim);
        if (!users.isEmpty()) {
            throw new IllegalStateException(
                    "these pods use the volume of %s/%s: %s; end them first, as with 'kubectl scale --replicas=0'"
                            .formatted(claim.namespace(), claim.name(), String.join(", ", users)));
        }
    }

    private FolderArchives archives(ClaimFolder folder) {
        return nodes.apply(folder.node())
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "the master has no connection to " + folder.node()));
    }

    private static void close(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            LOG.debug("A stream did not close", e);
        }
    }
}
