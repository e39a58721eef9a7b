package dev.flotilla.node.status;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times as Kubernetes' API writes them: to the second.
public final class Stamps {
    private Stamps() {}

    /// That moment, such as `2026-01-01T00:00:00Z`.
    public static String of(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static @Nullable String orNull(@Nullable Instant at) {
        return at == null ? null : of(at);
    }
}
