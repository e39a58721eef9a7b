package dev.flotilla.registry.patch;

import java.util.Optional;

/// What strategic merge has to know of the fields of one object.
public interface MergeRules {
    /// Knows nothing: objects are merged, lists are replaced.
    MergeRules NONE =
            new MergeRules() {
                @Override
                public boolean merged(String list) {
                    return false;
                }

                @Override
                public Optional<String> mergeKey(String list) {
                    return Optional.empty();
                }

                @Override
                public MergeRules within(String field) {
                    return this;
                }
            };

    /// Whether the list is merged; otherwise a new one replaces it.
    boolean merged(String list);

    /// The field by which the elements of a merged list are told apart; empty: they are plain
    /// values.
    Optional<String> mergeKey(String list);

    /// The rules within the object in `field`, or within the elements of the list or map there.
    MergeRules within(String field);
}
