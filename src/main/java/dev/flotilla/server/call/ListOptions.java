package dev.flotilla.server.call;

import dev.flotilla.registry.ListQuery;

import org.jspecify.annotations.Nullable;

/// The options of a list or a watch, checked as Kubernetes checks them.
///
/// @param timeoutSeconds after which a watch ends; 0 for the server's own choice
/// @param sendInitialEvents null when not said
public record ListOptions(
        ListQuery query,
        boolean watch,
        long timeoutSeconds,
        boolean allowWatchBookmarks,
        @Nullable Boolean sendInitialEvents) {

    /// @param name fetches or watches this object alone; empty for all
    public static ListOptions of(Query q, String name) {
        var match = q.text("resourceVersionMatch");
        var watch = q.flag("watch");
        var initial =
                q.has("sendInitialEvents") ? Boolean.valueOf(q.flag("sendInitialEvents")) : null;
        var version = q.text("resourceVersion");
        if (!version.isEmpty() && !version.matches("[0-9]{1,18}")) {
            throw Refusal.badRequest(
                    "Invalid value: \"%s\": resourceVersion must be a number".formatted(version));
        }
        if (watch) {
            checkWatch(match, initial);
        } else {
            checkList(match, version, q.text("continue"), initial);
        }
        var fields = q.text("fieldSelector");
        if (!name.isEmpty()) {
            fields = (fields.isEmpty() ? "" : fields + ",") + "metadata.name=" + name;
        }
        var query =
                new ListQuery(
                        q.text("labelSelector"),
                        fields,
                        Math.clamp(q.number("limit", 0), 0, Integer.MAX_VALUE),
                        q.text("continue"),
                        version,
                        match.isEmpty() ? null : match);
        return new ListOptions(
                query,
                watch,
                Math.max(0, q.number("timeoutSeconds", 0)),
                q.flag("allowWatchBookmarks"),
                initial);
    }

    private static void checkWatch(String match, @Nullable Boolean initial) {
        if (initial == null && !match.isEmpty()) {
            throw forbidden(
                    "resourceVersionMatch",
                    "resourceVersionMatch is forbidden for watch unless sendInitialEvents is"
                            + " provided");
        }
        if (initial != null && match.isEmpty()) {
            throw forbidden(
                    "resourceVersionMatch",
                    "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        if (initial != null && !match.equals("NotOlderThan")) {
            throw unsupported("resourceVersionMatch", match, "\"NotOlderThan\"");
        }
    }

    private static void checkList(
            String match, String version, String next, @Nullable Boolean initial) {
        if (initial != null) {
            throw forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
        }
        if (match.isEmpty()) {
            return;
        }
        if (version.isEmpty()) {
            throw forbidden(
                    "resourceVersionMatch",
                    "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        if (!next.isEmpty()) {
            throw forbidden(
                    "resourceVersionMatch",
                    "resourceVersionMatch is forbidden when continue is provided");
        }
        switch (match) {
            case "NotOlderThan" -> {}
            case "Exact" -> {
                if (version.equals("0")) {
                    throw forbidden(
                            "resourceVersionMatch",
                            "resourceVersionMatch \"exact\" is forbidden for resourceVersion"
                                    + " \"0\"");
                }
            }
            default ->
                    throw unsupported("resourceVersionMatch", match, "\"Exact\", \"NotOlderThan\"");
        }
    }

    private static Refusal forbidden(String field, String why) {
        return Refusal.invalidOption("ListOptions", field, "Forbidden: " + why);
    }

    private static Refusal unsupported(String field, String value, String supported) {
        return Refusal.invalidOption(
                "ListOptions",
                field,
                "Unsupported value: \"%s\": supported values: %s".formatted(value, supported));
    }
}
