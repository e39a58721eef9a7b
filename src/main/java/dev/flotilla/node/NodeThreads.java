package dev.flotilla.node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// The virtual threads of one node: one that ticks, some that step its loop, and one for each piece
/// of work that may take long.
final class NodeThreads implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeThreads.class);
    private static final int WORKERS = 4;
    private static final long TICK_MILLIS = 250;
    private static final long PATIENCE_SECONDS = 3;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService tasks;
    private final String node;

    NodeThreads(String node) {
        this.node = node;
        this.tasks =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("node-" + node + "-", 0).factory());
    }

    void start(Kubelet kubelet) {
        kubelet.loop().start(WORKERS);
        Thread.ofVirtual().name("ticks-" + node).start(() -> tickOn(kubelet));
    }

    /// After [#close] nothing is begun any more: the next master does it.
    @Override
    public void execute(Runnable work) {
        try {
            tasks.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("node {} was detached: nothing new is begun", node);
        }
    }

    /// Waits a moment for what is in work, then interrupts it.
    @Override
    public void close() {
        closed.countDown();
        tasks.shutdown();
        try {
            if (!tasks.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                tasks.shutdownNow();
            }
        } catch (InterruptedException e) {
            tasks.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void tickOn(Kubelet kubelet) {
        try {
            while (!closed.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    kubelet.tick();
                } catch (RuntimeException e) {
                    LOG.warn("node {}: a tick failed; the next one tries again", node, e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
