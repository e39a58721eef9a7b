package dev.flotilla.cluster;

import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// Who gives pods the tokens by which they are their service accounts. The server implements it.
@FunctionalInterface
public interface PodTokens {
    /// For a cluster whose API no pod reaches.
    PodTokens NONE = (_, _, _) -> new Nobody();

    /// A token of the pod's account that is worthless without the pod.
    ///
    /// @param audience for whom it is meant, null for the API server itself
    Answer issue(Pod pod, @Nullable String audience, Duration lifetime);

    sealed interface Answer {}

    record Issued(PodToken token, Instant expires) implements Answer {}

    /// @param why in a sentence
    record Refused(String why) implements Answer {}

    /// Nobody gives any out here.
    record Nobody() implements Answer {}
}
