package dev.flotilla.node.copy;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.VolumeCopy;
import dev.flotilla.model.VolumeCopySpec;
import dev.flotilla.model.VolumeCopyStatus;
import dev.flotilla.model.VolumeCopyStatus.Phase;
import dev.flotilla.node.errand.StatusWriter;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// What is known of one copy while it goes on, written to the API once a second at most, but for
/// its end. Used by the copy's one thread.
final class CopyBoard {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final VolumeCopy copy;
    private final StatusWriter<VolumeCopySpec, VolumeCopyStatus, VolumeCopy> writer;
    private final InstantSource time;
    private Instant written = Instant.EPOCH;
    private @Nullable String message;
    private @Nullable Long bytes;
    private @Nullable Long allBytes;

    CopyBoard(VolumeCopy copy, Cluster cluster, InstantSource time) {
        this.copy = copy;
        this.writer = new StatusWriter<>(VolumeCopy.class, VolumeCopy::new, cluster);
        this.time = time;
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
        writer.write(copy, status);
    }
}
