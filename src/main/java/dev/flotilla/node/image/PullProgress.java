package dev.flotilla.node.image;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// How far the layers of an image have come. Guarded by its own monitor.
public final class PullProgress {
    private final Map<String, Layer> layers = new LinkedHashMap<>();

    /// What an engine said of one layer.
    ///
    /// @param id the engine's short one
    /// @param stage in Docker's words, such as `Downloading`
    /// @param doneBytes of that stage; 0 if unknown
    /// @param totalBytes 0 if unknown
    public record Layer(String id, String stage, long doneBytes, long totalBytes) {
        boolean there() {
            return stage.equals("Pull complete") || stage.equals("Already exists");
        }

        /// Unpacking counts as loaded.
        long loaded() {
            return stage.equals("Downloading") ? doneBytes : totalBytes;
        }
    }

    public synchronized void take(Layer said) {
        var before = layers.get(said.id());
        long total = before == null ? 0 : before.totalBytes();
        layers.put(
                said.id(),
                new Layer(
                        said.id(),
                        said.stage(),
                        said.doneBytes(),
                        said.stage().equals("Downloading") && said.totalBytes() > 0
                                ? said.totalBytes()
                                : total));
    }

    /// A few words for a person; empty as long as no layer is known.
    public synchronized String words() {
        if (layers.isEmpty()) {
            return "";
        }
        long there = layers.values().stream().filter(Layer::there).count();
        return "pulling: %s of %s, %d of %d layers are there"
                .formatted(
                        megabytes(sum(layers.values(), true)),
                        megabytes(sum(layers.values(), false)),
                        there,
                        layers.size());
    }

    private static long sum(Collection<Layer> layers, boolean loaded) {
        return layers.stream().mapToLong(l -> loaded ? l.loaded() : l.totalBytes()).sum();
    }

    /// As people read sizes of files: `12.3 MB`.
    public static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
