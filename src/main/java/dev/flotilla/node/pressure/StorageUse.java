package dev.flotilla.node.pressure;

import java.util.Map;

/// What one pod has on its node's disk, in bytes, as far as it was looked at.
///
/// @param volumes by name
/// @param containers what each wrote into its own filesystem, by name
record StorageUse(Map<String, Long> volumes, Map<String, Long> containers) {
    long all() {
        return sum(volumes) + sum(containers);
    }

    private static long sum(Map<String, Long> all) {
        return all.values().stream().mapToLong(n -> n).sum();
    }
}
