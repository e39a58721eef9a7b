package dev.flotilla.controllers.volume;

import io.fabric8.kubernetes.api.model.HasMetadata;

import org.jspecify.annotations.Nullable;

/// What a claim or a volume needs next: one write, or a word to people.
///
/// After a write its change brings the object back, until nothing is left to do.
sealed interface Step {
    /// Writes all but the status.
    record Put<T extends HasMetadata>(T before, T after, @Nullable Word word) implements Step {}

    record PutStatus<T extends HasMetadata>(T before, T after, @Nullable Word word)
            implements Step {}

    record Make(HasMetadata object, Word word) implements Step {}

    record Remove(HasMetadata object) implements Step {}

    record Say(Word word) implements Step {}

    record Nothing() implements Step {}

    /// An event about the object that is looked at.
    record Word(boolean warning, String reason, String message) {
        static Word normal(String reason, String message) {
            return new Word(false, reason, message);
        }

        static Word warning(String reason, String message) {
            return new Word(true, reason, message);
        }
    }
}
