package dev.flotilla.node.push;

import dev.flotilla.model.ImagePushSpec;
import dev.flotilla.model.ImagePushStatus.Phase;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.errand.Stop;
import dev.flotilla.node.image.BuildFolder;
import dev.flotilla.node.image.BuildOrder;
import dev.flotilla.node.image.ImageArchive;
import dev.flotilla.node.image.ImageName;
import dev.flotilla.node.image.ImageStore;
import dev.flotilla.node.image.PullProgress;
import dev.flotilla.node.image.Watched;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Where the image of a push comes from.
sealed interface PushSource extends AutoCloseable permits ArchiveSource, EngineSource {
    JsonMapper JSON = new JsonMapper();

    @Override
    void close() throws IOException;

    /// Builds, if that is asked, and sees that the image is there.
    ///
    /// @throws IllegalArgumentException if what is asked makes no sense, in words
    static PushSource open(
            ImagePushSpec spec,
            List<String> targets,
            Surroundings around,
            PushBoard board,
            Stop stop)
            throws IOException {
        if (spec.archive() != null) {
            return read(spec, Path.of(spec.archive().path()), around, board);
        }
        var name = ImageName.withTag(Objects.requireNonNull(spec.image()));
        if (spec.engine() != null) {
            var here = around.here(spec.engine().socket());
            try {
                return EngineSource.of(here.images(), name, here);
            } catch (RuntimeException e) {
                here.close();
                throw e;
            }
        }
        if (spec.node() != null) {
            return EngineSource.of(reached(around, spec.node().name()).images(), name, null);
        }
        if (spec.vm() != null) {
            var store = reached(around, targets.getFirst()).images();
            importSystem(name, spec.vm(), store, around, board, stop);
            return EngineSource.of(store, name, null);
        }
        var build = Objects.requireNonNull(spec.build());
        var builder = build.node() == null ? targets.getFirst() : build.node();
        var store = reached(around, builder).images();
        board.begin(Phase.Building, "building on " + builder);
        build(name, build, store, board, stop);
        return EngineSource.of(store, name, null);
    }

    private static PushSource read(
            ImagePushSpec spec, Path file, Surroundings around, PushBoard board)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": no such file on the master's computer");
        }
        board.message("reading " + file);
        var archive = ImageArchive.open(file, Files.createDirectories(around.scratch()));
        board.message("");
        return new ArchiveSource(
                archive, Optional.ofNullable(spec.image()).map(ImageName::withTag));
    }

    private static ContainerRuntime reached(Surroundings around, String node) {
        return around.node(node)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the master has no connection to a node \"" + node + "\""));
    }

    private static void importSystem(
            String name,
            ImagePushSpec.Vm vm,
            ImageStore store,
            Surroundings around,
            PushBoard board,
            Stop stop)
            throws IOException {
        var host = vm.ssh().host();
        board.begin(Phase.Preparing, "reading the system of " + host);
        var command = JSON.writeValueAsString(List.of("/bin/sh", "-c", vm.start()));
        try (var tar =
                new Watched(
                        around.system(vm),
                        stop,
                        bytes ->
                                board.message(
                                        "reading the system of %s: %s"
                                                .formatted(host, PullProgress.megabytes(bytes))))) {
            store.importTar(tar, name, List.of("CMD " + command));
        } finally {
            stop.check();
        }
    }

    private static void build(
            String name, ImagePushSpec.Build build, ImageStore store, PushBoard board, Stop stop)
            throws IOException {
        var folder = Path.of(build.folder());
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    folder + ": no such folder on the master's computer");
        }
        var dockerfile = build.dockerfile() == null ? "Dockerfile" : build.dockerfile();
        var order =
                new BuildOrder(name, dockerfile, build.args() == null ? Map.of() : build.args());
        try (var context = BuildFolder.tar(folder, dockerfile).open()) {
            store.build(order, context, board::output, stop);
        }
    }
}
