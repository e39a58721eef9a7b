package dev.flotilla.node;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times as Kubernetes' API writes them: to the second.
final class Stamps {
    private Stamps() {}

    static String of(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static @Nullable String orNull(@Nullable Instant at) {
        return at == null ? null : of(at);
    }
}
