package dev.flotilla.store;

import java.time.Instant;

/// One commit of one key: what it held from `revision` on.
///
/// @param key such as `/core/pods/default/web-0`
/// @param revision of this commit; every revision belongs to exactly one entry, with no gaps
/// @param previousRevision of the commit before in this life of the key; 0: none
/// @param createdRevision the first revision of this life of the key
/// @param deleted whether the key ended here; `body` is then the last one it had
/// @param time when the writer took it, to the millisecond
/// @param body shared, never copied: not to be changed by whoever reads it
@SuppressWarnings("ArrayRecordComponent") // bodies are shared with the index, and compared by none
public record Entry(
        String key,
        long revision,
        long previousRevision,
        long createdRevision,
        boolean deleted,
        Instant time,
        byte[] body) {
    /// What it weighs in the log and in memory, roughly, in bytes.
    int weight() {
        return 96 + key.length() + body.length;
    }
}
