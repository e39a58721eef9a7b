package dev.flotilla.simulate;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.errand.Stop;
import dev.flotilla.node.image.BuildOrder;
import dev.flotilla.node.image.ImageParts;
import dev.flotilla.node.image.ImageStore;
import dev.flotilla.node.image.PullProgress;
import dev.flotilla.node.image.StoredImage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The images of a simulated node, and a registry that has every image but those whose name holds
/// `no-such`, so that a person can see what a missing image looks like; those whose name holds
/// `needs-login` are given to who comes with a login. The image `instant`, of whatever tag, is on
/// every node and takes no time. They are names and sizes: what a build or an archive holds is
/// taken and thrown away.
final class SimulatedImages implements ImageStore {
    private static final int LAYERS = 5;

    private final Supplier<Set<String>> used;
    private final Set<String> present = ConcurrentHashMap.newKeySet();

    /// @param used names of the images that containers have
    SimulatedImages(Supplier<Set<String>> used) {
        this.used = used;
    }

    boolean has(String image) {
        return instant(image) || present.contains(canonical(image));
    }

    static boolean instant(String image) {
        return canonical(image).startsWith("instant:");
    }

    /// How long a pull takes on this node; the same image takes about as long everywhere.
    Duration pullTime(String image, double jitter) {
        if (has(image)) {
            return Duration.ofMillis(60);
        }
        double size = share(image);
        return Duration.ofMillis((long) ((300 + 2_500 * size * size) * (0.8 + 0.4 * jitter)));
    }

    void pulled(String image, boolean loggedIn, Consumer<PullProgress.Layer> progress) {
        var name = canonical(image);
        int tag = name.lastIndexOf(':');
        var path = name.substring(0, tag);
        if (path.contains("no-such") || (path.contains("needs-login") && !loggedIn)) {
            throw new RefusedByEngine(
                    "pull access denied for "
                            + path
                            + ", repository does not exist or may require 'docker login': denied:"
                            + " requested access to the resource is denied");
        }
        if (name.contains("no-such")) {
            throw new RefusedByEngine(
                    "manifest for " + name + " not found: manifest unknown: manifest unknown");
        }
        present.add(name);
        for (int i = 0; i < LAYERS; i++) {
            progress.accept(new PullProgress.Layer("layer-" + i, "Pull complete", 0, 0));
        }
    }

    @Override
    public Optional<StoredImage> find(String image) {
        return all().stream()
                .filter(i -> i.id().equals(image) || i.names().contains(canonical(image)))
                .findFirst();
    }

    @Override
    public List<StoredImage> all() {
        return present.stream().sorted().map(SimulatedImages::stored).toList();
    }

    @Override
    public Set<String> used() {
        return used.get().stream().map(n -> stored(canonical(n)).id()).collect(Collectors.toSet());
    }

    @Override
    public List<List<String>> layers() {
        return List.of();
    }

    @Override
    public void tag(String id, String name) {
        present.add(canonical(name));
    }

    @Override
    public void remove(StoredImage image) {
        if (used().contains(image.id())) {
            throw new RefusedByEngine(
                    "conflict: unable to remove %s: a container is using it".formatted(image.id()));
        }
        present.removeAll(new HashSet<>(image.names()));
    }

    @Override
    public Optional<ImageParts> parts(String image) {
        return find(image).map(i -> new ImageParts(i.id(), "", List.of()));
    }

    @Override
    public InputStream save(String image, ImageParts parts, int have) {
        throw new RefusedByEngine("a simulated node keeps names of images, and nothing to save");
    }

    @Override
    public void load(InputStream archive) {
        throw new RefusedByEngine("a simulated node keeps names of images, and loads no archive");
    }

    @Override
    public void build(BuildOrder order, InputStream context, Consumer<String> output, Stop stop) {
        try {
            context.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new RefusedByEngine(String.valueOf(e.getMessage()));
        }
        stop.check();
        output.accept("Step 1/1 : simulated\nSuccessfully tagged " + order.name() + "\n");
        present.add(canonical(order.name()));
    }

    @Override
    public void importTar(InputStream tar, String name, List<String> changes) {
        try {
            tar.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new RefusedByEngine(String.valueOf(e.getMessage()));
        }
        present.add(canonical(name));
    }

    @Override
    public Map<String, Long> written(Collection<String> containers) {
        return Map.of();
    }

    private static StoredImage stored(String name) {
        long size = (long) ((5 + 400 * share(name)) * 1_000_000);
        return new StoredImage(
                "sha256:%064x".formatted(name.hashCode() & 0xffffffffL),
                List.of(name),
                List.of(),
                size);
    }

    private static double share(String image) {
        return new SplittableRandom(canonical(image).hashCode()).nextDouble();
    }

    /// With the tag that is meant when none is given.
    private static String canonical(String image) {
        boolean named = image.lastIndexOf(':') > image.lastIndexOf('/');
        return named ? image : image + ":latest";
    }
}
