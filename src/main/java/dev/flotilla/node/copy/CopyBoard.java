package dev.flotilla.node.copy;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.VolumeCopy;
import dev.flotilla.model.VolumeCopyStatus;
import dev.flotilla.model.VolumeCopyStatus.Phase;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// What is known of one copy while it goes on, written to the API once a second at most, but for
/// its end. Used by the copy's one thread.
final class CopyBoard {
    private static final int TRIES = 10;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final VolumeCopy copy;
    private final Cluster cluster;
    private final InstantSource time;
    private Instant written = Instant.EPOCH;
    private @Nullable String message;
    private @Nullable Long bytes;
    private @Nullable Long allBytes;

    CopyBoard(VolumeCopy copy, Cluster cluster, InstantSource time) {
        this.copy = copy;
        this.cluster = cluster;
        this.time = time;
    }

    static boolean isOver(VolumeCopy copy) {
        return Phase.Complete.isOf(copy.getStatus()) || Phase.Failed.isOf(copy.getStatus());
    }

    /// @param words null for none
    /// @param all how much there is, null if unknown
    void begin(@Nullable String words, @Nullable Long all) {
        message = words;
        allBytes = all;
        write(Phase.Copying, null);
    }

    void carried(long so) {
        bytes = so;
        if (Duration.between(written, time.instant()).compareTo(PAUSE) >= 0) {
            write(Phase.Copying, null);
        }
    }

    void end(boolean well, String words) {
        message = words;
        write(
                well ? Phase.Complete : Phase.Failed,
                time.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private void write(Phase phase, @Nullable String ended) {
        written = time.instant();
        var status = new VolumeCopyStatus(phase.name(), message, bytes, allBytes, ended);
        for (int i = 0; i < TRIES; i++) {
            var before =
                    cluster.get(VolumeCopy.class, ObjectKey.of(copy))
                            .filter(
                                    c ->
                                            c.getMetadata()
                                                    .getUid()
                                                    .equals(copy.getMetadata().getUid()));
            if (before.isEmpty()) {
                return;
            }
            var after = new VolumeCopy();
            after.setMetadata(before.get().getMetadata());
            after.setSpec(before.get().getSpec());
            after.setStatus(status);
            if (!(cluster.updateStatus(before.get(), after) instanceof Written.Conflict)) {
                return;
            }
        }
    }
}
