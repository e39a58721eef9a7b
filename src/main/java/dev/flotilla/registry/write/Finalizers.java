package dev.flotilla.registry.write;

import dev.flotilla.registry.DeleteOptions.Propagation;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/// The two finalizers by which the garbage collector knows what becomes of what an object owns.
final class Finalizers {
    private static final String ORPHAN = "orphan";
    private static final String FOREGROUND = "foregroundDeletion";

    private Finalizers() {}

    /// Puts what a deletion asks for into `metadata`; what it leaves open is as it already is
    /// there, else the kind's own way.
    static void set(Kind kind, ObjectNode metadata, @Nullable Propagation asked) {
        var had = Tree.texts(metadata, "finalizers");
        var wanted = new ArrayList<>(had);
        wanted.removeAll(List.of(ORPHAN, FOREGROUND));
        if (kind.mayOwn()) {
            switch (asked == null ? open(kind, had) : asked) {
                case ORPHAN -> wanted.add(ORPHAN);
                case FOREGROUND -> wanted.add(FOREGROUND);
                case BACKGROUND -> {}
            }
        }
        if (wanted.equals(had)) {
            return;
        }
        if (wanted.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            var list = metadata.putArray("finalizers");
            wanted.forEach(list::add);
        }
    }

    private static Propagation open(Kind kind, List<String> had) {
        for (var finalizer : had) {
            if (finalizer.equals(ORPHAN)) {
                return Propagation.ORPHAN;
            }
            if (finalizer.equals(FOREGROUND)) {
                return Propagation.FOREGROUND;
            }
        }
        return kind.orphans() ? Propagation.ORPHAN : Propagation.BACKGROUND;
    }
}
