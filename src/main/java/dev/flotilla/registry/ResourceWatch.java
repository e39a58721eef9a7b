package dev.flotilla.registry;

import java.util.List;

/// A cursor over the changes of one kind. Pulled, so a slow reader holds nothing up.
public interface ResourceWatch extends AutoCloseable {
    /// At most `max` changes since the last call, in revision order; never waits.
    ///
    /// @throws ApiFailure 410 `Expired` if the history it needs is gone
    List<WatchEvent> poll(int max);

    /// Every change up to this revision was delivered or does not concern this watch.
    long position();

    /// Goes on after a revision that was this or an equal watch's [#position].
    void seek(long revision);

    @Override
    void close();
}
