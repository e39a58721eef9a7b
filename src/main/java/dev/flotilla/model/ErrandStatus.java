package dev.flotilla.model;

import org.jspecify.annotations.Nullable;

/// How far work has come that an object asks for, and that ends.
public interface ErrandStatus {
    String COMPLETE = "Complete";
    String FAILED = "Failed";

    /// [#COMPLETE] or [#FAILED] at its end; null if nobody took it up yet.
    @Nullable String phase();

    /// What it is at, or what failed and what to do.
    @Nullable String message();

    /// When it ended, RFC 3339.
    @Nullable String completionTime();

    static boolean done(@Nullable ErrandStatus status) {
        return status != null && COMPLETE.equals(status.phase());
    }

    static boolean failed(@Nullable ErrandStatus status) {
        return status != null && FAILED.equals(status.phase());
    }

    static boolean over(@Nullable ErrandStatus status) {
        return done(status) || failed(status);
    }
}
