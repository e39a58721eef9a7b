package dev.flotilla.model;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// How far a push has come.
///
/// @param phase one of [Phase]'s names
/// @param message what it is at, or what failed and what to do
/// @param imageId of the image, once it is known
/// @param output the latest that a build printed
/// @param outputStart how many characters of it went before `output`
/// @param completionTime when it ended, RFC 3339
/// @param nodes each that is to have it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImagePushStatus(
        @Nullable String phase,
        @Nullable String message,
        @Nullable String imageId,
        @Nullable String output,
        @Nullable Long outputStart,
        @Nullable String completionTime,
        @Nullable List<OnNode> nodes)
        implements ErrandStatus {

    /// The names are the API's.
    public enum Phase {
        Pending,
        /// The image is looked for and read.
        Preparing,
        Building,
        Sending,
        Complete,
        Failed
    }

    /// How far one node has come.
    ///
    /// @param phase `Pending`, `Sending`, `Complete` or `Failed`
    /// @param layers that it lacked
    /// @param bytes that have to be sent; of what is sent while it is read this is known at its end
    /// @param message why it failed
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OnNode(
            String name,
            String phase,
            @Nullable Integer layers,
            @Nullable Long bytes,
            @Nullable Long sentBytes,
            @Nullable String message) {}
}
