package dev.flotilla.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/// One shared typed cache a kind, kept by watches of one [Cluster].
///
/// Owns no thread until [#start]: in a simulation [#pump] is called by the steps of the loops.
public final class Informers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Informers.class);

    private final Cluster cluster;
    private final Cluster heads;
    private final Deliveries deliveries = new Deliveries();
    private final BlockingQueue<Boolean> wakes = new ArrayBlockingQueue<>(1);

    /// Guards `caches`, every cursor, `pulled`, and the order in which changes are queued for
    /// delivery.
    private final ReentrantLock cursors = new ReentrantLock();

    /// One for all caches, so that a commit wakes once.
    private final Runnable waker = this::wake;

    private final Map<Class<?>, Cache<?>> caches = new LinkedHashMap<>();

    /// Every cache has all up to this revision.
    private volatile long pulled = -1;

    private volatile boolean closed;

    public Informers(Cluster cluster) {
        this.cluster = cluster;
        heads = cluster.heads();
    }

    /// The cache of a kind; the first call lists it.
    public <T extends HasMetadata> Informer<T> of(Class<T> kind) {
        cursors.lock();
        try {
            var cache = cache(kind, cluster);
            cache.fill(cluster);
            return cache;
        } finally {
            cursors.unlock();
        }
    }

    /// The cache of a kind for who needs only the heads of its objects, see [Cluster#heads]. It
    /// holds them whole as soon as anyone needs that.
    public <T extends HasMetadata> Informer<T> headsOf(Class<T> kind) {
        cursors.lock();
        try {
            return cache(kind, heads);
        } finally {
            cursors.unlock();
        }
    }

    private <T extends HasMetadata> Cache<T> cache(Class<T> kind, Cluster from) {
        @SuppressWarnings("unchecked") // a cache is kept under its own kind
        var known = (Cache<T>) caches.get(kind);
        if (known != null) {
            return known;
        }
        var cache = new Cache<>(kind, from, cursors, deliveries, waker);
        caches.put(kind, cache);
        return cache;
    }

    /// Brings every cache up to all writes that were acknowledged before this call, then tells the
    /// listeners, in order. When another thread is telling them already, that one goes on with
    /// these changes and this call returns at once: the caches are at the present, and the
    /// listeners will be.
    public void pump() {
        if (cluster.revision() != pulled) {
            pull();
        }
        deliveries.run();
    }

    private void pull() {
        cursors.lock();
        try {
            long now = cluster.revision();
            if (!closed && now != pulled) {
                List.copyOf(caches.values()).forEach(Cache::pull);
                pulled = now;
            }
        } finally {
            cursors.unlock();
        }
    }

    /// Pumps on a virtual thread of its own at each commit, until [#close].
    public void start() {
        Thread.ofVirtual().name("informers").start(this::pumpOnWakes);
        wake();
    }

    /// Ends the thread and the watches. The caches stay as they were last.
    @Override
    public void close() {
        cursors.lock();
        try {
            closed = true;
            caches.values().forEach(Cache::close);
        } finally {
            cursors.unlock();
        }
        wake();
    }

    private void wake() {
        boolean _ = wakes.offer(true);
    }

    private void pumpOnWakes() {
        while (!closed) {
            try {
                boolean _ = wakes.take();
                pump();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!closed) {
                    LOG.warn("informers could not be brought up to date; next commit retries", e);
                }
            }
        }
    }
}
