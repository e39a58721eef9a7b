package dev.flotilla.registry.read;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ResourceWatch;
import dev.flotilla.registry.Shown;
import dev.flotilla.registry.WatchEvent;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.store.Compacted;
import dev.flotilla.store.Cursor;
import dev.flotilla.store.Entry;
import dev.flotilla.store.Store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A cursor seen through a selector: an object that begins to match is added, one that no longer
/// does is deleted.
final class FilteredWatch implements ResourceWatch {
    private final Store store;
    private final Cursor cursor;
    private final Filter filter;
    private final Version version;

    FilteredWatch(Store store, Cursor cursor, Filter filter, Version version) {
        this.store = store;
        this.cursor = cursor;
        this.filter = filter;
        this.version = version;
    }

    @Override
    public List<WatchEvent> poll(int max) {
        try {
            var events = new ArrayList<WatchEvent>();
            for (var entry : cursor.poll(max)) {
                event(entry).ifPresent(events::add);
            }
            return events;
        } catch (Compacted _) {
            throw ApiFailure.tooOldRevision(cursor.position(), store.compacted());
        }
    }

    private Optional<WatchEvent> event(Entry entry) {
        boolean matches =
                !entry.deleted() && (filter.everything() || filter.matches(Shelf.tree(entry)));
        boolean matched = matchedBefore(entry);
        if (!matches && !matched) {
            return Optional.empty();
        }
        var type =
                matched
                        ? matches ? WatchEvent.Type.MODIFIED : WatchEvent.Type.DELETED
                        : WatchEvent.Type.ADDED;
        return Optional.of(new WatchEvent(type, new Shown(entry, version), entry.revision()));
    }

    /// Where the version before is no longer kept, it is taken to have matched: a DELETED too many
    /// does no harm, one too few does.
    private boolean matchedBefore(Entry entry) {
        if (entry.previousRevision() == 0) {
            return false;
        }
        if (filter.everything()) {
            return true;
        }
        return store.at(entry.previousRevision())
                .map(before -> filter.matches(Shelf.tree(before)))
                .orElse(true);
    }

    @Override
    public long position() {
        return cursor.position();
    }

    @Override
    public void seek(long revision) {
        cursor.seek(revision);
    }

    @Override
    public void close() {
        cursor.close();
    }
}
