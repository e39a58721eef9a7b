package dev.flotilla.schedule.facts;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Some pods, by namespace and labels.
///
/// @param namespaces by name
/// @param among further namespaces by their labels, or null
/// @param pods by their labels; null for none
public record PodGroup(Set<String> namespaces, @Nullable Labels among, @Nullable Labels pods) {

    /// @param labelsOf the labels of a namespace
    public boolean has(
            String namespace,
            Map<String, String> labels,
            Function<String, Map<String, String>> labelsOf) {
        return pods != null
                && pods.match(labels)
                && (namespaces.contains(namespace)
                        || (among != null && among.match(labelsOf.apply(namespace))));
    }
}
