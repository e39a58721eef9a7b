package dev.flotilla.registry.read;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ListQuery;
import dev.flotilla.registry.ResourceList;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Revisions;
import dev.flotilla.registry.Shown;
import dev.flotilla.registry.engine.Engine;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.store.Entry;
import dev.flotilla.store.Snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    private final Past past;

    private record Kept(Snapshot snapshot, Instant until) {}

    Pages(Engine engine) {
        this.engine = engine;
        past = new Past(engine.store());
    }

    ResourceList list(ResourceType type, String namespace, ListQuery query) {
        var version = engine.version(type);
        var filter = Filter.of(version, query);
        var kept = engine.kind(type).type();
        var prefix = Shelf.prefix(kept, namespace);
        var root = Shelf.prefix(kept, "");
        if (query.continueToken().isEmpty()) {
            return part(from(prefix, query), filter, version, prefix, root, root, query.limit());
        }
        if (!query.resourceVersion().isEmpty() && !query.resourceVersion().equals("0")) {
            throw ApiFailure.badRequest(
                    "specifying resource version is not allowed when using continue");
        }
        var token = ContinueToken.parse(query.continueToken());
        var from = root + token.from();
        return part(at(prefix, token), filter, version, prefix, root, from, query.limit());
    }

    private Snapshot at(String prefix, ContinueToken token) {
        if (token.revision() < 0) {
            return engine.store().list(prefix);
        }
        return remembered(token.revision() + prefix)
                .or(() -> past.at(prefix, token.revision()))
                .orElseThrow(
                        () ->
                                ApiFailure.expiredPage(
                                        new ContinueToken(ContinueToken.NOW, token.from()).text()));
    }

    private Snapshot from(String prefix, ListQuery query) {
        var present = engine.store().list(prefix);
        long wanted = Revisions.parse(query.resourceVersion());
        if (wanted > present.revision()) {
            throw ApiFailure.tooLargeRevision(wanted, present.revision());
        }
        var exactly =
                "Exact".equals(query.match())
                        || (query.match() == null && query.limit() > 0 && wanted > 0);
        if (!exactly || wanted == present.revision()) {
            return present;
        }
        return past.at(prefix, wanted)
                .orElseThrow(
                        () ->
                                ApiFailure.expired(
                                        "The resourceVersion for the provided list is too old."));
    }

    private ResourceList part(
            Snapshot snapshot,
            Filter filter,
            Version version,
            String prefix,
            String root,
            String from,
            int limit) {
        var items = new ArrayList<Shown>();
        var entries = snapshot.entries();
        int next = first(entries, from);
        for (; next < entries.size() && (limit <= 0 || items.size() < limit); next++) {
            var entry = entries.get(next);
            if (filter.everything() || filter.matches(Shelf.tree(entry))) {
                items.add(new Shown(entry, version));
            }
        }
        if (next == entries.size()) {
            return new ResourceList(snapshot.revision(), items, "", 0);
        }
        remember(snapshot.revision() + prefix, snapshot);
        var last = entries.get(next - 1).key().substring(root.length());
        var token = new ContinueToken(snapshot.revision(), last + "\u0000").text();
        long remaining = filter.everything() ? entries.size() - next : -1;
        return new ResourceList(snapshot.revision(), items, token, remaining);
    }

    /// The first entry whose key is not before `from`.
    private static int first(List<Entry> entries, String from) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).key().compareTo(from) < 0) {
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
}
