package dev.flotilla.registry.read;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ListQuery;
import dev.flotilla.registry.ResourceList;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.ResourceWatch;
import dev.flotilla.registry.Shown;
import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.engine.Engine;
import dev.flotilla.registry.engine.Scales;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.store.Compacted;

/// get, list and watch.
public final class Reader {
    private final Engine engine;
    private final Pages pages;

    public Reader(Engine engine) {
        this.engine = engine;
        pages = new Pages(engine);
    }

    /// An object, or its Scale if that part is asked for.
    ///
    /// @throws ApiFailure 404
    public Shown get(ResourceType type, ObjectKey key, Subresource part) {
        var entry = engine.entry(type, key);
        return part == Subresource.SCALE
                ? new Shown(Scales.view(type, Shelf.tree(entry)))
                : new Shown(entry, engine.version(type));
    }

    /// @param namespace empty for all
    public ResourceList list(ResourceType type, String namespace, ListQuery query) {
        return pages.list(type, namespace, query);
    }

    /// @param namespace empty for all
    /// @param since the revision already seen
    /// @throws ApiFailure 410 if the history since then is gone, 504 if it lies in the future
    public ResourceWatch watch(ResourceType type, String namespace, ListQuery query, long since) {
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
