package dev.flotilla.controllers.owner;

import dev.flotilla.cluster.Written;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Many writes at once, for those who make and remove pods. What stands in one batch may be durable
/// in one commit.
///
/// Nobody has to remember what he wrote: a loop sees all writes that were acknowledged before it
/// looks again.
///
/// @param executor runs the writes of a batch; a simulation runs them one by one
public record Batches(Executor executor) {

    /// Starts one of the writes, then two, then four: twice as many each time as long as all are
    /// done, and none after a batch in which one is not. So a template that the API refuses costs
    /// one request a look and not hundreds.
    ///
    /// @return what became of those that were started, in order
    public <T> List<Written<T>> slowly(List<Supplier<Written<T>>> writes) {
        var written = new ArrayList<Written<T>>();
        int size = 1;
        while (written.size() < writes.size() && written.stream().allMatch(Written::done)) {
            int end = Math.min(writes.size(), written.size() + size);
            written.addAll(all(writes.subList(written.size(), end)));
            size *= 2;
        }
        return written;
    }

    /// Does all of them.
    ///
    /// @return what became of each, in order
    public <T> List<Written<T>> all(List<Supplier<Written<T>>> writes) {
        var started = writes.stream().map(w -> CompletableFuture.supplyAsync(w, executor)).toList();
        return started.stream().map(CompletableFuture::join).toList();
    }
}
