package dev.flotilla.cluster;

import java.time.Duration;

/// What a loop does with a key after one look at it.
public sealed interface Outcome {
    Outcome SETTLED = new Settled();

    /// As the spec says; the next change wakes it.
    record Settled() implements Outcome {}

    /// Look again after `delay`; zero after a conflict.
    record Again(Duration delay) implements Outcome {}

    static Outcome again(Duration delay) {
        return new Again(delay);
    }
}
