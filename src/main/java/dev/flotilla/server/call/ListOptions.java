package dev.flotilla.server.call;

import dev.flotilla.registry.ListQuery;
import dev.flotilla.registry.Problem;
import dev.flotilla.registry.Revisions;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.StringNode;

import java.util.ArrayList;
import java.util.List;

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

    private static final String EXACT = "Exact";
    private static final String NOT_OLDER = "NotOlderThan";
    private static final String MATCH = "resourceVersionMatch";
    private static final String INITIAL = "sendInitialEvents";

    /// @param name fetches or watches this object alone; empty for all
    public static ListOptions of(Query q, String name) {
        return of(q, name, q.flag("watch"));
    }

    /// @param watch whether changes are asked for, whatever the query says
    public static ListOptions of(Query q, String name, boolean watch) {
        var match = q.text(MATCH);
        var initial = q.has(INITIAL) ? Boolean.valueOf(q.flag(INITIAL)) : null;
        var version = q.text("resourceVersion");
        var problems = new ArrayList<Problem>();
        if (watch) {
            checkWatch(q, match, initial, problems);
        } else {
            checkList(q, match, initial, problems);
        }
        if (!problems.isEmpty()) {
            throw Refusal.invalidOptions("ListOptions", problems);
        }
        Revisions.parse(version);
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

    private static void checkWatch(
            Query q, String match, @Nullable Boolean initial, List<Problem> problems) {
        if (initial != null && !match.equals(NOT_OLDER)) {
            problems.add(
                    Problem.forbidden(
                            MATCH,
                            "sendInitialEvents requires setting resourceVersionMatch to "
                                    + NOT_OLDER));
        }
        if (match.isEmpty()) {
            return;
        }
        if (initial == null) {
            problems.add(
                    Problem.forbidden(
                            MATCH,
                            "resourceVersionMatch is forbidden for watch unless sendInitialEvents"
                                    + " is provided"));
        }
        if (!match.equals(NOT_OLDER)) {
            problems.add(unsupported(match, quoted(NOT_OLDER)));
        }
        if (!q.text("continue").isEmpty()) {
            problems.add(continued());
        }
    }

    private static void checkList(
            Query q, String match, @Nullable Boolean initial, List<Problem> problems) {
        if (!match.isEmpty()) {
            var version = q.text("resourceVersion");
            if (version.isEmpty()) {
                problems.add(
                        Problem.forbidden(
                                MATCH,
                                "resourceVersionMatch is forbidden unless resourceVersion is"
                                        + " provided"));
            }
            if (!q.text("continue").isEmpty()) {
                problems.add(continued());
            }
            if (!match.equals(EXACT) && !match.equals(NOT_OLDER)) {
                problems.add(unsupported(match, quoted(EXACT), quoted(NOT_OLDER), quoted("")));
            }
            if (match.equals(EXACT) && version.equals("0")) {
                problems.add(
                        Problem.forbidden(
                                MATCH,
                                "resourceVersionMatch \"exact\" is forbidden for resourceVersion"
                                        + " \"0\""));
            }
        }
        if (initial != null) {
            problems.add(Problem.forbidden(INITIAL, "sendInitialEvents is forbidden for list"));
        }
    }

    private static Problem continued() {
        return Problem.forbidden(
                MATCH, "resourceVersionMatch is forbidden when continue is provided");
    }

    private static Problem unsupported(String match, String... supported) {
        return Problem.unsupported(MATCH, quoted(match), List.of(supported));
    }

    private static String quoted(String text) {
        return StringNode.valueOf(text).toString();
    }
}
