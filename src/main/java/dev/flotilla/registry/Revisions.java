package dev.flotilla.registry;

/// Reads revisions as clients write them.
public final class Revisions {
    private Revisions() {}

    /// @return 0 for an empty text
    /// @throws ApiFailure 400 if it is no revision
    public static long parse(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(text) < 0 ? Long.MAX_VALUE : Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw ApiFailure.badRequest(
                    "resourceVersion: Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax"
                            .formatted(text, text));
        }
    }
}
