package dev.flotilla.registry.apply;

/// Who makes a write, and when.
///
/// @param name such as `kubectl`
/// @param apiVersion of what is written, such as `apps/v1`
/// @param subresource such as `status`; empty for the object itself
/// @param time now, as the API writes it
public record Writer(String name, String apiVersion, String subresource, String time) {
    /// For whoever owned what was there before anyone applied.
    Writer beforeAnyone() {
        return new Writer("before-first-apply", apiVersion, "", time);
    }
}
