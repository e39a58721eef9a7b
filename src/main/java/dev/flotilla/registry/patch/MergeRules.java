package dev.flotilla.registry.patch;

import java.util.Optional;

/// What strategic merge has to know of the fields of one object.
public interface MergeRules {
    /// The field by which the elements of the list in `field` are told apart; empty: the list is of
    /// plain values or is replaced as a whole.
    Optional<String> mergeKey(String field);

    /// Whether the list in `field` is merged; otherwise a new one replaces it.
    boolean merged(String field);

    /// Whether what `$retainKeys` does not name goes from the object in `field`.
    boolean retainsKeys(String field);

    /// The rules within the object in `field`, or within the elements of the list or map there.
    MergeRules within(String field);
}
