package dev.flotilla.node.image;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.errand.Stop;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Brings an image from an archive to an engine, and sends only what that engine lacks.
///
/// @param names of the image there
public record Delivery(ArchivedImage image, List<String> names, Stop stop) {

    /// Told how far it has come, from the thread that delivers.
    public interface Progress {
        /// What has to be sent.
        ///
        /// @param layers how many of all
        void planned(int layers, long bytes);

        /// How much of that went out.
        void sent(long bytes);
    }

    /// Returns when the engine has it under all its names.
    ///
    /// @throws RefusedByEngine if the engine does not take it
    public void to(ImageStore engine, Progress progress) {
        var there = engine.find(image.id());
        if (there.isPresent()) {
            progress.planned(0, 0);
            names.stream()
                    .filter(n -> !there.get().names().contains(n))
                    .forEach(n -> engine.tag(image.id(), n));
            return;
        }
        var missing = Layers.missing(image.layers(), Layers.present(engine.layers()));
        try {
            send(engine, missing, progress);
        } catch (RefusedByEngine e) {
            // Engines that keep images in another way than by layers want all of them.
            var all = new TreeSet<>(image.layers());
            if (missing.equals(all)) {
                throw e;
            }
            send(engine, all, progress);
        }
    }

    private void send(ImageStore engine, Set<String> layers, Progress progress) {
        stop.check();
        var tar = image.only(layers, names);
        progress.planned(layers.size(), tar.bytes());
        try (var counted = new Watched(tar.open(), stop, progress::sent)) {
            engine.load(counted);
        } catch (IOException e) {
            throw new IllegalStateException("a stream of this computer did not close", e);
        } finally {
            stop.check();
        }
    }
}
