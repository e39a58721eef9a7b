package dev.flotilla.registry;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.store.Compacted;

/// get, list and watch.
final class Reader {
    private final Engine engine;
    private final Pages pages;

    Reader(Engine engine) {
        this.engine = engine;
        pages = new Pages(engine);
    }

    Shown get(ResourceType type, ObjectKey key, Subresource part) {
        var entry = engine.entry(type, key);
        return part == Subresource.SCALE
                ? new Shown(Scales.view(type, Shelf.tree(entry)))
                : new Shown(entry, engine.version(type));
    }

    ResourceList list(ResourceType type, String namespace, ListQuery query) {
        return pages.list(type, namespace, query);
    }

    ResourceWatch watch(ResourceType type, String namespace, ListQuery query, long since) {
        var version = engine.version(type);
        var filter = Filter.of(version, query);
        long present = engine.store().revision();
        if (since > present) {
            throw ApiFailure.tooLargeRevision(since, present);
        }
        try {
            var cursor =
                    engine.store().watch(Shelf.prefix(engine.kind(type).type(), namespace), since);
            return new FilteredWatch(engine.store(), cursor, filter, version);
        } catch (Compacted _) {
            throw ApiFailure.tooOldRevision(since, engine.store().compacted());
        }
    }
}
