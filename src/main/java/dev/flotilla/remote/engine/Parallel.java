package dev.flotilla.remote.engine;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Many requests to one engine at a time; the connection pool bounds them.
public final class Parallel {
    private Parallel() {}

    /// @throws RuntimeException the first failure as it was thrown
    public static <A, B> List<B> map(List<A> all, Function<A, B> question) {
        if (all.size() < 2) {
            return all.stream().map(question).toList();
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = all.stream().map(a -> threads.submit(() -> question.apply(a))).toList();
            return answers.stream().map(Parallel::answer).toList();
        }
    }

    private static <B> B answer(Future<B> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException r ? r : new CompletionException(e);
        }
    }
}
