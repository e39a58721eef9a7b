package dev.flotilla.registry;

import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Entry;
import dev.flotilla.store.Snapshot;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Lists, whole or in parts. The parts of one list are of one moment: its snapshot is kept for five
/// minutes, and for the last few lists that were begun.
final class Pages {
    private static final int MOST = 32;
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>();
    private final Engine engine;

    private record Kept(Snapshot snapshot, Instant until) {}

    private record Token(long revision, String after) {}

    Pages(Engine engine) {
        this.engine = engine;
    }

    ResourceList list(ResourceType type, String namespace, ListQuery query) {
        var version = engine.version(type);
        var filter = Filter.of(version, query);
        var prefix = Shelf.prefix(engine.kind(type).type(), namespace);
        if (!query.continueToken().isEmpty()) {
            var token = token(query.continueToken());
            var snapshot =
                    remembered(token.revision() + prefix)
                            .orElseThrow(
                                    () ->
                                            ApiFailure.expired(
                                                    "The provided continue parameter is too old to"
                                                        + " display a consistent list result. You"
                                                        + " must start a new list without the"
                                                        + " continue parameter."));
            return part(snapshot, filter, version, prefix, token.after(), query.limit());
        }
        var snapshot = engine.store().list(prefix);
        checkRevision(query, snapshot.revision());
        return part(snapshot, filter, version, prefix, "", query.limit());
    }

    private static void checkRevision(ListQuery query, long present) {
        if (query.resourceVersion().isEmpty() || query.resourceVersion().equals("0")) {
            return;
        }
        long wanted;
        try {
            wanted = Long.parseLong(query.resourceVersion());
        } catch (NumberFormatException e) {
            throw ApiFailure.badRequest(
                    "resourceVersion: Invalid value: \""
                            + query.resourceVersion()
                            + "\": must be"
                            + " a number");
        }
        if (wanted > present) {
            throw ApiFailure.tooLargeRevision(wanted, present);
        }
        if ("Exact".equals(query.match()) && wanted < present) {
            throw ApiFailure.expired("The resourceVersion for the provided list is too old.");
        }
    }

    private ResourceList part(
            Snapshot snapshot,
            Filter filter,
            Version version,
            String prefix,
            String after,
            int limit) {
        var items = new ArrayList<ObjectNode>();
        var entries = snapshot.entries();
        int next = after.isEmpty() ? 0 : firstAfter(entries, after);
        for (; next < entries.size() && (limit <= 0 || items.size() < limit); next++) {
            var object = Shelf.tree(entries.get(next));
            if (filter.matches(object)) {
                items.add(version.shown(object));
            }
        }
        if (next == entries.size()) {
            return new ResourceList(snapshot.revision(), items, "", 0);
        }
        remember(snapshot.revision() + prefix, snapshot);
        var token = encoded(new Token(snapshot.revision(), entries.get(next - 1).key()));
        long remaining = filter.everything() ? entries.size() - next : -1;
        return new ResourceList(snapshot.revision(), items, token, remaining);
    }

    private static int firstAfter(List<Entry> entries, String after) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).key().compareTo(after) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void remember(String name, Snapshot snapshot) {
        var now = engine.metadata().now();
        lock.lock();
        try {
            kept.values().removeIf(k -> k.until().isBefore(now));
            kept.remove(name);
            kept.put(name, new Kept(snapshot, now.plus(KEPT)));
            if (kept.size() > MOST) {
                kept.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Snapshot> remembered(String name) {
        var now = engine.metadata().now();
        lock.lock();
        try {
            return Optional.ofNullable(kept.get(name))
                    .filter(k -> !k.until().isBefore(now))
                    .map(Kept::snapshot);
        } finally {
            lock.unlock();
        }
    }

    private static String encoded(Token token) {
        var json = Tree.empty().put("rv", token.revision()).put("start", token.after());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Tree.bytes(json));
    }

    private static Token token(String text) {
        try {
            var json =
                    Tree.read(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8)));
            return new Token(Tree.number(json, 0, "rv"), Tree.text(json, "start"));
        } catch (JacksonException | ClassCastException | IllegalArgumentException e) {
            throw ApiFailure.badRequest("continue key is not valid: " + e.getMessage());
        }
    }
}
