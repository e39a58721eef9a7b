package dev.flotilla.server.watch;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ListQuery;
import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.ResourceWatch;
import dev.flotilla.registry.Revisions;
import dev.flotilla.server.call.ListOptions;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// One watch: what is there already if that was asked for, then every change, now and then a
/// bookmark.
record WatchStream(
        Registry registry,
        ResourceType type,
        String namespace,
        ListOptions options,
        Duration bookmarkEvery,
        Bell bell,
        BooleanSupplier closing) {
    /// Kubernetes ends a watch that names no time after 30 to 60 minutes.
    private static final long DEFAULT_SECONDS = 2700;

    void run(EventWriter out) throws IOException, InterruptedException {
        var seconds = options.timeoutSeconds() == 0 ? DEFAULT_SECONDS : options.timeoutSeconds();
        var end = System.nanoTime() + Bell.nanos(Math.min(seconds, Integer.MAX_VALUE));
        try {
            var since = start(out);
            try (var watch = registry.watch(type, namespace, options.query(), since)) {
                out.flush();
                follow(watch, out, end);
            }
        } catch (ApiFailure e) {
            // A watch that can't go on from its revision says so as an event, even at its start.
            var lost = e.code() == 410 || e.code() == 504;
            if (!lost && !out.hasBegun()) {
                throw e;
            }
            out.error(e.status());
        }
        out.end();
    }

    /// Sends the present where it is wanted.
    ///
    /// @return the revision the changes follow
    private long start(EventWriter out) throws IOException {
        var wanted = options.query().resourceVersion();
        var version = Revisions.parse(wanted);
        var initial = options.sendInitialEvents();
        if (version > 0 && (initial == null || !initial)) {
            return version;
        }
        var q = options.query();
        var atLeast = version > 0 ? wanted : "";
        var all =
                new ListQuery(
                        q.labelSelector(),
                        q.fieldSelector(),
                        0,
                        "",
                        atLeast,
                        atLeast.isEmpty() ? null : "NotOlderThan");
        if (initial != null && !initial) {
            return registry.list(type, namespace, new ListQuery("", "", 1, "", "", null))
                    .revision();
        }
        var list = registry.list(type, namespace, all);
        for (var object : list.objects()) {
            out.event("ADDED", object);
        }
        if (initial != null && options.allowWatchBookmarks()) {
            out.bookmark(list.revision(), true);
        }
        return list.revision();
    }

    private void follow(ResourceWatch watch, EventWriter out, long end)
            throws IOException, InterruptedException {
        var nextBookmark = System.nanoTime() + bookmarkEvery.toNanos();
        while (!closing.getAsBoolean()) {
            var more = out.follow(watch);
            var now = System.nanoTime();
            if (now - end >= 0) {
                break;
            }
            if (more) {
                continue;
            }
            if (now - nextBookmark >= 0) {
                nextBookmark = now + bookmarkEvery.toNanos();
                if (options.allowWatchBookmarks()) {
                    out.bookmark(watch.position(), false);
                    out.flush();
                }
            }
            bell.await(end - nextBookmark < 0 ? end : nextBookmark);
        }
        if (options.allowWatchBookmarks()) {
            out.bookmark(watch.position(), false);
        }
    }
}
