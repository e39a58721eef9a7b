package dev.flotilla.registry;

import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Entry;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// An object as a reader of some version sees it. Mostly that is what is kept, byte for byte; a
/// tree is made only for who needs one. For one reader at a time.
public final class Shown {
    private final @Nullable Entry entry;
    private final @Nullable Version version;
    private @Nullable ObjectNode tree;

    public Shown(Entry entry, Version version) {
        this.entry = entry;
        this.version = version;
    }

    /// What is not kept, as it is shown.
    public Shown(ObjectNode tree) {
        this.entry = null;
        this.version = null;
        this.tree = tree;
    }

    /// The same tree each time, the caller's own to change.
    public ObjectNode tree() {
        var made = tree;
        if (made == null) {
            made = read();
            tree = made;
        }
        return made;
    }

    /// As it is kept; empty if it is shown otherwise, or not kept.
    public Optional<Entry> kept() {
        return version != null && version.verbatim()
                ? Optional.ofNullable(entry)
                : Optional.empty();
    }

    /// In JSON, without what was changed in the tree; not to be changed.
    public byte[] json() {
        return kept().map(Entry::body).orElseGet(() -> Tree.bytes(entry == null ? tree() : read()));
    }

    private ObjectNode read() {
        if (entry == null || version == null) {
            throw new IllegalStateException("what is not kept has a tree from the start");
        }
        return version.shown(Shelf.tree(entry));
    }
}
