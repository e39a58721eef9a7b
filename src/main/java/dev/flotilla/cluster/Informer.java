package dev.flotilla.cluster;

import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A typed cache of one kind, kept by its watch. Safe to read from any thread.
///
/// A [Loop] brings all informers up to the present before each reconcile, so a reconciler sees
/// every write that was acknowledged before it began, its own among them.
public interface Informer<T extends HasMetadata> {
    Optional<T> get(ObjectKey key);

    Collection<T> all();

    /// The objects whose `index` value is `value`.
    ///
    /// @param index a name given to [#indexBy]
    List<T> by(String index, String value);

    /// Keeps an index from now on; one function a name.
    void indexBy(String name, Function<T, List<String>> values);

    /// Tells of every change, and first of every object that is there already as a [Change.Put].
    /// Called with no lock of the informer held; must be quick, such as marking a key.
    void listen(Consumer<Change<T>> listener);
}
