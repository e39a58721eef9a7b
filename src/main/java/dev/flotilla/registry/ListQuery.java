package dev.flotilla.registry;

import org.jspecify.annotations.Nullable;

/// What of a kind is asked for.
///
/// @param labelSelector as in the query string, empty for all
/// @param fieldSelector as in the query string, empty for all
/// @param limit the most objects in one answer, 0 for no limit
/// @param continueToken of the answer before, empty for the first
/// @param resourceVersion the least (or, with `match` `Exact`, the only) revision that will do,
///   empty for the latest
/// @param match `NotOlderThan`, `Exact` or null
public record ListQuery(
        String labelSelector,
        String fieldSelector,
        int limit,
        String continueToken,
        String resourceVersion,
        @Nullable String match) {

    /// Everything, as it is now.
    public static final ListQuery ALL = new ListQuery("", "", 0, "", "", null);

    /// Everything with these labels and fields, as it is now.
    public static ListQuery where(String labelSelector, String fieldSelector) {
        return new ListQuery(labelSelector, fieldSelector, 0, "", "", null);
    }
}
