package dev.flotilla.registry.apply;

import java.util.Comparator;

/// Who writes, and how: one of these for each entry of `metadata.managedFields`.
///
/// @param name such as `kubectl`
/// @param applies with server-side apply, or else with any other write
/// @param apiVersion of its writes; empty for one that applies, which has only one entry
/// @param subresource such as `status`; empty for the object itself
public record Manager(String name, boolean applies, String apiVersion, String subresource)
        implements Comparable<Manager> {
    private static final Comparator<Manager> ORDER =
            Comparator.comparing(Manager::name)
                    .thenComparing(Manager::apiVersion)
                    .thenComparing(Manager::subresource)
                    .thenComparing(Manager::applies);

    static Manager applying(String name, String subresource) {
        return new Manager(name, true, "", subresource);
    }

    static Manager updating(String name, String apiVersion, String subresource) {
        return new Manager(name, false, apiVersion, subresource);
    }

    /// As Kubernetes' messages call it.
    String text() {
        var text = "\"" + name + "\"";
        if (!subresource.isEmpty()) {
            text += " with subresource \"" + subresource + "\"";
        }
        return applies ? text : text + " using " + apiVersion;
    }

    @Override
    public int compareTo(Manager other) {
        return ORDER.compare(this, other);
    }
}
