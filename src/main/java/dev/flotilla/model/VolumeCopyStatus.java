package dev.flotilla.model;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/// How far a copy has come.
///
/// @param phase one of [Phase]'s names
/// @param message what is to be known, or what failed and what to do
/// @param bytes of the file that have been carried
/// @param allBytes of the file, where that is known before
/// @param completionTime when it ended, RFC 3339
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VolumeCopyStatus(
        @Nullable String phase,
        @Nullable String message,
        @Nullable Long bytes,
        @Nullable Long allBytes,
        @Nullable String completionTime)
        implements ErrandStatus {

    /// The names are the API's.
    public enum Phase {
        Pending,
        Copying,
        Complete,
        Failed
    }
}
