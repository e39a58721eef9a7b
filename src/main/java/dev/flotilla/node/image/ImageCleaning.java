package dev.flotilla.node.image;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.Supply.Stock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/// Takes unused images of one node away when its disk is tight. Above 85 % of the disk, down to 80
/// %: Kubernetes' defaults. Guarded by its own monitor.
public final class ImageCleaning {
    private static final Logger LOG = LoggerFactory.getLogger(ImageCleaning.class);
    private static final long HIGH_PERCENT = 85;
    private static final long LOW_PERCENT = 80;

    private final Supplier<ImageStore> images;
    private final Set<String> kept;
    private final InstantSource time;
    private ImageAges ages = ImageAges.NONE;

    /// What came of it.
    ///
    /// @param wanted bytes that should have become free; 0 if the disk is not tight
    public record Outcome(long wanted, long freed) {}

    /// @param kept names of images that always stay
    public ImageCleaning(Supplier<ImageStore> images, Set<String> kept, InstantSource time) {
        this.images = images;
        this.kept = Set.copyOf(kept);
        this.time = time;
    }

    /// Remembers what is used, and cleans if the disk is tight.
    public synchronized Outcome look(Stock disk) {
        long wanted = excess(disk);
        return new Outcome(wanted, free(wanted));
    }

    /// Takes away all that nobody uses.
    ///
    /// @return bytes that became free
    public synchronized long freeAll() {
        return free(Long.MAX_VALUE);
    }

    static long excess(Stock disk) {
        if (!disk.known()) {
            return 0;
        }
        long free = Math.min(disk.free(), disk.total());
        long percent = 100 - free * 100 / disk.total();
        return percent < HIGH_PERCENT
                ? 0
                : Math.max(0, disk.total() * (100 - LOW_PERCENT) / 100 - free);
    }

    private long free(long wanted) {
        var store = images.get();
        var all = store.all();
        var used = store.used();
        var now = time.instant();
        ages = ages.look(all, used, now);
        long freed = 0;
        for (var image : ages.removable(all, used, kept, now)) {
            if (freed >= wanted) {
                break;
            }
            try {
                store.remove(image);
                freed += image.sizeBytes();
                LOG.info(
                        "image {} {} was taken away: the disk is tight", image.names(), image.id());
            } catch (RefusedByEngine e) {
                LOG.debug("image {} stays: {}", image.id(), e.getMessage());
            }
        }
        return freed;
    }
}
