package dev.flotilla.registry.keep;

import dev.flotilla.store.Entry;

import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Trees of what is looked at again and again, such as namespaces and roles: each is made once a
/// revision, shared by all who look, and changed by nobody.
public final class Trees {
    private static final int MOST = 4096;

    private final Map<String, Made> known = new ConcurrentHashMap<>();

    private record Made(long revision, ObjectNode tree) {}

    /// The tree of an entry, not to be changed.
    public ObjectNode of(Entry entry) {
        var made = known.get(entry.key());
        if (made == null || made.revision != entry.revision()) {
            made = new Made(entry.revision(), Shelf.tree(entry));
            if (known.size() >= MOST) {
                known.clear(); // what is still looked at comes back
            }
            known.put(entry.key(), made);
        }
        return made.tree;
    }
}
