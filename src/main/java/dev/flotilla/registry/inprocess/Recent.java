package dev.flotilla.registry.inprocess;

import dev.flotilla.store.Entry;

import io.fabric8.kubernetes.api.model.HasMetadata;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceArray;

/// The newest objects as typed ones: who writes one, and every cache that hears of it, share one
/// reading of it. A revision is one object's only, so a slot either has it or another.
final class Recent implements Typed.Reader {
    private static final int SLOTS = 2048;

    private final AtomicReferenceArray<@Nullable HasMetadata> slots =
            new AtomicReferenceArray<>(SLOTS);

    @Override
    public <T extends HasMetadata> T read(Class<T> kind, Entry entry) {
        var known = slots.get(slot(entry.revision()));
        if (known != null && kind.isInstance(known) && revision(known) == entry.revision()) {
            return kind.cast(known);
        }
        var object = Typed.read(kind, entry);
        slots.set(slot(entry.revision()), object);
        return object;
    }

    private static long revision(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    private static int slot(long revision) {
        return (int) (revision & (SLOTS - 1));
    }
}
