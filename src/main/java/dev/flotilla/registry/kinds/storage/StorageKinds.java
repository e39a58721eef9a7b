package dev.flotilla.registry.kinds.storage;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class StorageKinds {
    private StorageKinds() {}

    public static List<Kind> all() {
        return List.of(new PersistentVolumes(), new PersistentVolumeClaims(), new StorageClasses());
    }
}
