package dev.flotilla.registry;

import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Entry;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

/// An object as a reader of some version sees it. Mostly that is what is kept, byte for byte; a
/// tree is made only for who needs one. For one reader at a time.
public final class Shown {
    private final Entry entry;
    private final Version version;
    private @Nullable ObjectNode tree;

    Shown(Entry entry, Version version) {
        this.entry = entry;
        this.version = version;
    }

    /// The same tree each time, the caller's own to change.
    public ObjectNode tree() {
        if (tree == null) {
            tree = version.shown(Shelf.tree(entry));
        }
        return tree;
    }

    /// In JSON, without what was changed in the tree; not to be changed.
    public byte[] json() {
        return version.verbatim() ? entry.body() : Tree.bytes(version.shown(Shelf.tree(entry)));
    }
}
