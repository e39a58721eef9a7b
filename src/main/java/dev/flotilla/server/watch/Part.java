package dev.flotilla.server.watch;

import dev.flotilla.registry.ResourceWatch;
import dev.flotilla.registry.Shown;
import dev.flotilla.registry.WatchEvent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The changes between two revisions, as the lines that a watch sends.
///
/// @param after the revision before the first
/// @param upTo everything up to this revision is in it, or concerns no such watch
/// @param shared never moved: [#lines] are
/// @param more whether there may be more by now
record Part(long after, long upTo, ByteBuffer shared, boolean more) {
    private static final int MOST_EVENTS = 100;

    /// So many bytes are enough for one part, though one more event may go beyond.
    private static final int ENOUGH = 64 * 1024;

    private static final byte[] ADDED = bytes(WatchEvent.Type.ADDED);
    private static final byte[] MODIFIED = bytes(WatchEvent.Type.MODIFIED);
    private static final byte[] DELETED = bytes(WatchEvent.Type.DELETED);
    private static final byte[] END = {'}', '\n'};

    /// The next of a watch, which is moved behind it.
    ///
    /// @param end the last revision wanted
    /// @param json how this watch shows an object
    static Part read(ResourceWatch watch, long end, Function<Shown, byte[]> json) {
        long after = watch.position();
        var pieces = new ArrayList<byte[]>();
        int size = 0;
        for (var event : watch.poll(MOST_EVENTS)) {
            if (size >= ENOUGH || event.revision() > end) {
                watch.seek(event.revision() - 1); // and is read again: it is still near
                break;
            }
            var head = head(event.type());
            var object = json.apply(event.shown());
            pieces.addAll(List.of(head, object, END));
            size += head.length + object.length + END.length;
        }
        long upTo = Math.min(watch.position(), end);
        watch.seek(upTo);
        boolean more = size >= ENOUGH || upTo == end || upTo - after >= MOST_EVENTS;
        return new Part(after, upTo, joined(pieces, size), more);
    }

    /// The reader's own view of what all share.
    ByteBuffer lines() {
        return shared.duplicate();
    }

    private static ByteBuffer joined(List<byte[]> pieces, int size) {
        var all = ByteBuffer.allocate(size);
        pieces.forEach(all::put);
        return all.flip();
    }

    private static byte[] head(WatchEvent.Type type) {
        return switch (type) {
            case ADDED -> ADDED;
            case MODIFIED -> MODIFIED;
            case DELETED -> DELETED;
        };
    }

    private static byte[] bytes(WatchEvent.Type type) {
        return Outlet.head(type.name()).getBytes(StandardCharsets.US_ASCII);
    }
}
