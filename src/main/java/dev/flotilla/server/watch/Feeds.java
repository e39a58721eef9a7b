package dev.flotilla.server.watch;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.server.call.Form;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The feeds of the watches that are open: one for all that ask the same.
final class Feeds {
    private final Map<Asked, Feed> open = new ConcurrentHashMap<>();

    /// What makes two watches see the same bytes.
    record Asked(
            ResourceType type,
            String namespace,
            String labelSelector,
            String fieldSelector,
            Form.Shape shape) {}

    Feed join(Asked asked) {
        return open.compute(
                asked,
                (_, there) -> {
                    var feed = there == null ? new Feed() : there;
                    feed.join();
                    return feed;
                });
    }

    void leave(Asked asked) {
        open.computeIfPresent(asked, (_, feed) -> feed.leave() ? feed : null);
    }
}
