package dev.flotilla.controllers;

import org.junit.jupiter.api.DynamicTest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Many worlds, a test a seed, lived on all cores at once: they share nothing.
final class Worlds {
    private Worlds() {}

    /// With `-Dflotilla.seed=N` only that one; with `-Dflotilla.seeds=N` so many from `first` on.
    ///
    /// @param life what happens to the world of a seed, the same each time
    static Stream<DynamicTest> of(Class<?> test, long first, int count, LongConsumer life) {
        var only = Long.getLong("flotilla.seed");
        var seeds =
                only == null
                        ? LongStream.range(
                                first, first + Integer.getInteger("flotilla.seeds", count))
                        : LongStream.of(only);
        try (var cores = new Cores()) {
            return seeds.boxed().map(seed -> cores.test(test, seed, life)).toList().stream();
        }
    }

    /// Lives them in turn and ends with the last, without being waited for.
    private static final class Cores implements AutoCloseable {
        private final ExecutorService threads =
                Executors.newFixedThreadPool(
                        Runtime.getRuntime().availableProcessors(),
                        Thread.ofPlatform().name("world-", 0).daemon().factory());

        DynamicTest test(Class<?> test, long seed, LongConsumer life) {
            var lived = CompletableFuture.runAsync(() -> life.accept(seed), threads);
            return DynamicTest.dynamicTest("seed " + seed, () -> judge(test, seed, lived));
        }

        @Override
        public void close() {
            threads.shutdown();
        }
    }

    private static void judge(Class<?> test, long seed, CompletableFuture<Void> lived) {
        try {
            lived.join();
        } catch (CompletionException e) {
            throw new AssertionError(
                    "seed %d, again with: mvn test -Dtest=%s -Dflotilla.seed=%d%n%s"
                            .formatted(seed, test.getSimpleName(), seed, e.getCause()),
                    e.getCause());
        }
    }
}
