package dev.flotilla.registry;

import dev.flotilla.store.Compacted;
import dev.flotilla.store.Cursor;
import dev.flotilla.store.Entry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A cursor seen through a selector: an object that begins to match is added, one that no longer
/// does is deleted.
final class FilteredWatch implements ResourceWatch {
    private final Cursor cursor;
    private final Filter filter;

    /// Whether the objects that this watch has seen match now. Empty without a selector.
    private final Map<String, Boolean> matching = new HashMap<>();

    FilteredWatch(Cursor cursor, Filter filter) {
        this.cursor = cursor;
        this.filter = filter;
    }

    @Override
    public List<WatchEvent> poll(int max) {
        try {
            var events = new ArrayList<WatchEvent>();
            for (var entry : cursor.poll(max)) {
                event(entry).ifPresent(events::add);
            }
            return events;
        } catch (Compacted e) {
            throw ApiFailure.expired("too old resource version: " + e.getMessage());
        }
    }

    private Optional<WatchEvent> event(Entry entry) {
        var object = Shelf.tree(entry);
        var type = filter.everything() ? plain(entry) : filtered(entry, filter.matches(object));
        return Optional.ofNullable(type).map(t -> new WatchEvent(t, object, entry.revision()));
    }

    private static WatchEvent.Type plain(Entry entry) {
        if (entry.deleted()) {
            return WatchEvent.Type.DELETED;
        }
        return entry.revision() == entry.createdRevision()
                ? WatchEvent.Type.ADDED
                : WatchEvent.Type.MODIFIED;
    }

    /// What an object was before this watch first sees it is not known; then it is taken to have
    /// matched, since a DELETED too many does no harm and one too few does.
    private WatchEvent.@Nullable Type filtered(Entry entry, boolean matches) {
        boolean born = entry.revision() == entry.createdRevision();
        var known = matching.get(entry.key());
        boolean before = !born && (known == null || known);
        if (entry.deleted()) {
            matching.remove(entry.key());
            return before ? WatchEvent.Type.DELETED : null;
        }
        matching.put(entry.key(), matches);
        if (matches) {
            return before ? WatchEvent.Type.MODIFIED : WatchEvent.Type.ADDED;
        }
        return before ? WatchEvent.Type.DELETED : null;
    }

    @Override
    public long position() {
        return cursor.position();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
