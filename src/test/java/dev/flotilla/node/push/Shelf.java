package dev.flotilla.node.push;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.errand.Stop;
import dev.flotilla.node.image.BuildOrder;
import dev.flotilla.node.image.ImageParts;
import dev.flotilla.node.image.ImageStore;
import dev.flotilla.node.image.StoredImage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// Images of an engine that is none: it gives one archive and remembers what it was given.
final class Shelf implements ImageStore {
    final List<byte[]> loaded = new CopyOnWriteArrayList<>();
    final List<Integer> saved = new CopyOnWriteArrayList<>();

    /// What is saved without so many layers.
    IntFunction<InputStream> archive = _ -> InputStream.nullInputStream();

    /// Whether it takes only whole archives, shorter ones never.
    int least;

    @Override
    public InputStream save(String image, ImageParts parts, int have) {
        saved.add(have);
        return archive.apply(have);
    }

    @Override
    public void load(InputStream from) {
        try {
            var all = from.readAllBytes();
            if (all.length < least) {
                throw new RefusedByEngine("no such file or directory");
            }
            loaded.add(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public Optional<StoredImage> find(String image) {
        return Optional.of(new StoredImage("sha256:1", List.of(image), List.of(), 1));
    }

    @Override
    public Optional<ImageParts> parts(String image) {
        return Optional.empty();
    }

    @Override
    public List<StoredImage> all() {
        return List.of();
    }

    @Override
    public Set<String> used() {
        return Set.of();
    }

    @Override
    public List<List<String>> layers() {
        return List.of();
    }

    @Override
    public void tag(String id, String name) {
        throw new AssertionError("it has its name");
    }

    @Override
    public void remove(StoredImage image) {
        throw new AssertionError("nobody removes it");
    }

    @Override
    public void build(BuildOrder order, InputStream context, Consumer<String> output, Stop stop) {
        throw new AssertionError("nobody builds");
    }

    @Override
    public void importTar(InputStream tar, String name, List<String> changes) {
        throw new AssertionError("nobody imports");
    }

    @Override
    public Map<String, Long> written(Collection<String> containers) {
        return Map.of();
    }
}
