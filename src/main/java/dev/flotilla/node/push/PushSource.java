package dev.flotilla.node.push;

import dev.flotilla.model.ImagePushSpec;
import dev.flotilla.model.ImagePushStatus.Phase;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.image.ArchivedImage;
import dev.flotilla.node.image.BuildFolder;
import dev.flotilla.node.image.BuildOrder;
import dev.flotilla.node.image.ImageArchive;
import dev.flotilla.node.image.ImageName;
import dev.flotilla.node.image.ImageStore;
import dev.flotilla.node.image.PullProgress;
import dev.flotilla.node.image.Stop;
import dev.flotilla.node.image.Watched;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Where the image of a push comes from. An engine is asked to save it only when the first node
/// turns out to lack it, and once for all nodes. Guarded by its own monitor.
final class PushSource implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Optional<String> name;
    private final @Nullable ImageStore engine;
    private final @Nullable AutoCloseable owned;
    private final Path scratch;
    private final PushBoard board;
    private final Stop stop;
    private @Nullable Path saved;
    private @Nullable ImageArchive archive;

    private PushSource(
            ImagePushSpec spec,
            @Nullable ImageStore engine,
            @Nullable AutoCloseable owned,
            Path scratch,
            PushBoard board,
            Stop stop) {
        this.name = Optional.ofNullable(spec.image()).map(ImageName::withTag);
        this.engine = engine;
        this.owned = owned;
        this.scratch = scratch;
        this.board = board;
        this.stop = stop;
    }

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
        var scratch = Files.createDirectories(around.scratch());
        if (spec.archive() != null) {
            var source = new PushSource(spec, null, null, scratch, board, stop);
            source.read(Path.of(spec.archive().path()));
            return source;
        }
        if (spec.engine() != null) {
            var here = around.here(spec.engine().socket());
            return checked(new PushSource(spec, here.images(), here, scratch, board, stop));
        }
        if (spec.node() != null) {
            var store = reached(around, spec.node().name()).images();
            return checked(new PushSource(spec, store, null, scratch, board, stop));
        }
        if (spec.vm() != null) {
            var store = reached(around, targets.getFirst()).images();
            importSystem(spec, spec.vm(), store, around, board, stop);
            return new PushSource(spec, store, null, scratch, board, stop);
        }
        var build = Objects.requireNonNull(spec.build());
        var builder = build.node() == null ? targets.getFirst() : build.node();
        var store = reached(around, builder).images();
        board.begin(Phase.Building, "building on " + builder);
        build(spec, build, store, board, stop);
        return new PushSource(spec, store, null, scratch, board, stop);
    }

    private static PushSource checked(PushSource source) throws IOException {
        var image = source.name.orElseThrow();
        try {
            if (Objects.requireNonNull(source.engine).find(image).isEmpty()) {
                throw new IllegalArgumentException("there is no image " + image + " to send");
            }
            return source;
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static ContainerRuntime reached(Surroundings around, String node) {
        return around.node(node)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the master has no connection to a node \"" + node + "\""));
    }

    private static void importSystem(
            ImagePushSpec spec,
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
            store.importTar(
                    tar,
                    ImageName.withTag(Objects.requireNonNull(spec.image())),
                    List.of("CMD " + command));
        } finally {
            stop.check();
        }
    }

    private static void build(
            ImagePushSpec spec,
            ImagePushSpec.Build build,
            ImageStore store,
            PushBoard board,
            Stop stop)
            throws IOException {
        var folder = Path.of(build.folder());
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    folder + ": no such folder on the master's computer");
        }
        var dockerfile = build.dockerfile() == null ? "Dockerfile" : build.dockerfile();
        var order =
                new BuildOrder(
                        ImageName.withTag(Objects.requireNonNull(spec.image())),
                        dockerfile,
                        build.args() == null ? Map.of() : build.args());
        try (var context = BuildFolder.tar(folder, dockerfile).open()) {
            store.build(order, context, board::output, stop);
        }
    }

    /// Whether that engine has the very image already, under its name. False for an archive, of
    /// which [dev.flotilla.node.image.Delivery] finds out.
    boolean isIn(ImageStore other) {
        if (engine == null) {
            return false;
        }
        var image = name.orElseThrow();
        var mine = engine.find(image);
        return mine.isPresent()
                && other.find(image).filter(o -> o.id().equals(mine.get().id())).isPresent();
    }

    /// What a node of that architecture is to get.
    ///
    /// @throws IllegalArgumentException if there is nothing for it
    synchronized List<ArchivedImage> images(String architecture) throws IOException {
        var all = opened().images();
        var named =
                name.isEmpty() || all.size() == 1
                        ? all
                        : all.stream().filter(i -> isCalled(i, name.get())).toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException(
                    "the archive holds no %s, but %s"
                            .formatted(
                                    name.orElse(""),
                                    String.join(
                                            ", ",
                                            all.stream()
                                                    .flatMap(i -> i.names().stream())
                                                    .toList())));
        }
        var fit =
                named.stream()
                        .filter(
                                i ->
                                        architecture.isEmpty()
                                                || i.architecture().isEmpty()
                                                || i.architecture().equals(architecture))
                        .toList();
        if (fit.isEmpty()) {
            throw new IllegalArgumentException(
                    "the image is made for %s, and the node is %s"
                            .formatted(named.getFirst().architecture(), architecture));
        }
        return fit;
    }

    List<String> names(ArchivedImage image) {
        var names = name.map(List::of).orElse(image.names());
        if (names.isEmpty()) {
            throw new IllegalArgumentException("the image in the archive has no name: give it one");
        }
        return names;
    }

    private static boolean isCalled(ArchivedImage image, String name) {
        var wanted = ImageName.parse(name).familiar();
        return image.names().stream()
                .anyMatch(n -> ImageName.parse(ImageName.withTag(n)).familiar().equals(wanted));
    }

    private ImageArchive opened() throws IOException {
        var now = archive;
        if (now == null) {
            var file = Files.createTempFile(scratch, "image-", ".tar");
            saved = file;
            var image = name.orElseThrow();
            try (var in = Objects.requireNonNull(engine).save(image);
                    var out = Files.newOutputStream(file)) {
                var buffer = new byte[1 << 16];
                long bytes = 0;
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    stop.check();
                    out.write(buffer, 0, n);
                    bytes += n;
                    board.message("reading " + image + ": " + PullProgress.megabytes(bytes));
                }
            }
            board.message("");
            now = ImageArchive.open(file, scratch);
            archive = now;
        }
        return now;
    }

    private void read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": no such file on the master's computer");
        }
        board.message("reading " + file);
        archive = ImageArchive.open(file, scratch);
        board.message("");
    }

    @Override
    public synchronized void close() throws IOException {
        if (archive != null) {
            archive.close();
        }
        if (saved != null) {
            Files.deleteIfExists(saved);
        }
        if (owned != null) {
            try {
                owned.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new RefusedByEngine(String.valueOf(e.getMessage()));
            }
        }
    }
}
