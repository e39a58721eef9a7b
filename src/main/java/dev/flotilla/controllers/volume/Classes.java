package dev.flotilla.controllers.volume;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.storage.StorageClass;

import java.util.List;

/// What is written on classes of storage.
final class Classes {
    private static final List<String> DEFAULT_MARKS =
            List.of(
                    "storageclass.kubernetes.io/is-default-class",
                    "storageclass.beta.kubernetes.io/is-default-class");

    private Classes() {}

    static boolean byDefault(StorageClass type) {
        var notes = Owners.notes(type);
        return DEFAULT_MARKS.stream().anyMatch(m -> "true".equals(notes.get(m)));
    }

    /// Whether its volumes are chosen when a pod that mounts them has a node.
    static boolean waits(StorageClass type) {
        return "WaitForFirstConsumer".equals(type.getVolumeBindingMode());
    }

    /// Whether we make its volumes and wait for no pod.
    static boolean madeAtOnce(StorageClass type) {
        return Marks.LOCAL_PROVISIONER.equals(type.getProvisioner()) && !waits(type);
    }
}
