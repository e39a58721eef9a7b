package dev.flotilla.store;

import java.time.Duration;

/// How much history is kept behind the newest entry. What is live is always kept.
///
/// @param age entries younger than this stay, unless they weigh too much
/// @param bytes the most that the entries after the compaction point may weigh together
public record Retention(Duration age, long bytes) {
    /// A day, for the timeline; a quarter of a gigabyte holds one of a busy small cluster.
    public static final Retention STANDARD = new Retention(Duration.ofHours(24), 256L << 20);

    public Retention {
        if (age.isNegative() || bytes < 0) {
            throw new IllegalArgumentException("retention below nothing: " + age + ", " + bytes);
        }
    }
}
