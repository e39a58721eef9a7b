package dev.flotilla.server.watch;

import dev.flotilla.registry.ResourceWatch;
import dev.flotilla.registry.Shown;
import dev.flotilla.registry.WatchEvent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    private static final Map<WatchEvent.Type, byte[]> HEADS = heads();
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
            var head = HEADS.get(event.type());
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

    private static Map<WatchEvent.Type, byte[]> heads() {
        var heads = new EnumMap<WatchEvent.Type, byte[]>(WatchEvent.Type.class);
        for (var type : WatchEvent.Type.values()) {
            heads.put(type, Outlet.head(type.name()).getBytes(StandardCharsets.US_ASCII));
        }
        return heads;
    }
}
