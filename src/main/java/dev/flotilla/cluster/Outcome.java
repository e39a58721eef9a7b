package dev.flotilla.cluster;

import java.time.Duration;

/// What a loop does with a key after one look at it.
public sealed interface Outcome {
    Outcome SETTLED = new Settled();
    Outcome REFUSED = new Refused();

    /// As the spec says; the next change wakes it.
    record Settled() implements Outcome {}

    /// Look again after `delay`; zero after a conflict.
    record Again(Duration delay) implements Outcome {}

    /// The API would not have what the spec asks for. Looked at again after 100 ms, doubled each
    /// time it happens again, at most a minute.
    record Refused() implements Outcome {}

    static Outcome again(Duration delay) {
        return new Again(delay);
    }
}
