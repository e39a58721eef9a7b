package dev.flotilla.app;

import java.util.concurrent.CountDownLatch;

/// Waits until the process is told to end (Ctrl+C, SIGTERM), and holds the end up until what was
/// waiting has closed its things and said so by returning.
final class UntilTold {
    private final CountDownLatch told = new CountDownLatch(1);

    void await() throws InterruptedException {
        var waiting = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("end")
                                .unstarted(
                                        () -> {
                                            told.countDown();
                                            joinShortly(waiting);
                                        }));
        told.await();
    }

    private static void joinShortly(Thread waiting) {
        try {
            waiting.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
