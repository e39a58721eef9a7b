package dev.flotilla.store;

import java.util.ArrayList;
import java.util.List;

/// A position, moved by its reader: over the ring while it is near the head.
final class LogCursor implements Cursor {
    private final Log log;
    private final String prefix;
    private long position;

    LogCursor(Log log, String prefix, long since) {
        this.log = log;
        this.prefix = prefix;
        this.position = since;
    }

    @Override
    public List<Entry> poll(int max) {
        var found = new ArrayList<Entry>();
        for (long head = log.revision(); position < head && found.size() < max; ) {
            var entry = log.ring().get(position + 1);
            if (entry == null) {
                throw new Compacted("history after revision " + position + " is gone");
            }
            if (entry.key().startsWith(prefix)) {
                found.add(entry);
            }
            position++;
        }
        return found;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {}
}
